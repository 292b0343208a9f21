package org.recur4j.examples.comparison;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.recur4j.api.backend.Backend;
import org.recur4j.models.comparison.RandomExamples;
import org.recur4j.models.network.Network;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.TrainingListener;

/**
 * A network in a file, trained on from its weights with random examples, because a file holds no
 * data. The file is only read.
 *
 * @param file what {@link Network#save} wrote
 * @param steps of an example
 * @param batch examples a training step
 * @param trainingSteps how many at least
 * @param seed of examples, order and dropout
 */
public record FileSubject(Path file, int steps, int batch, int trainingSteps, long seed)
    implements Subject {
  /** So small that the loss stays tame whatever the weights are. */
  private static final double LEARNING_RATE = 1e-4;

  private static final int BATCHES = 20;

  @Override
  public String title() {
    return file.getFileName() + ", random examples";
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("seed", Long.toString(seed));
    map.put("file", file.toString());
    map.put("steps", Integer.toString(steps));
    map.put("batch", Integer.toString(batch));
    map.put("learning rate", Double.toString(LEARNING_RATE));
    return map;
  }

  @Override
  public FileSubject with(String size, int value) {
    Sizes.check(size, Sizes.is(Sizes.BATCH, size), List.of(Sizes.BATCH));
    return new FileSubject(file, steps, value, trainingSteps, seed);
  }

  @Override
  public Trained train(Backend backend, TrainingListener listener) {
    Network network = Network.load(file, backend);
    boolean done = false;
    try {
      Trainer.of(network)
          .optimizer(Optimizer.adam(LEARNING_RATE))
          .batchSize(batch)
          .epochs((trainingSteps + BATCHES - 1) / BATCHES)
          .seed(seed)
          .listener(listener)
          .train(RandomExamples.of(network.architecture(), batch * BATCHES, steps, seed));
      Trained trained =
          new Trained(
              network, path -> network.save(path, network.metadata()), List.of(), Optional.empty());
      done = true;
      return trained;
    } finally {
      if (!done) {
        network.close();
      }
    }
  }
}
