package org.recur4j.examples.comparison;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.TestPart;

/**
 * A model that was trained on one backend.
 *
 * @param model closed with this
 * @param save writes it to a file, see {@link org.recur4j.models.network.Network#save}
 * @param scores on the test part, the most important first; none where there is nothing to measure
 *     by, or training was stopped
 * @param test what it can be measured by even if it was stopped; empty where that cannot be had
 */
public record Trained(
    AutoCloseable model, Consumer<Path> save, List<Score> scores, Optional<TestPart> test)
    implements AutoCloseable {
  /** Copies the list. */
  public Trained {
    scores = List.copyOf(scores);
  }

  @Override
  public void close() {
    try {
      model.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a model that cannot be closed: " + model, e);
    }
  }
}
