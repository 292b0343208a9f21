package org.recur4j.examples.task;

import java.nio.file.Path;
import java.util.List;

/** A trained network with everything that it takes to ask it: vocabularies, labels, scales. */
public interface TaskModel extends AutoCloseable {
  /**
   * Asks it.
   *
   * @param inputs at least one, as a person writes it
   * @return one answer for each
   * @throws org.recur4j.models.data.DataException if an input cannot be read
   */
  List<Prediction> predict(List<String> inputs);

  /**
   * Writes it atomically. The same weights give the same bytes.
   *
   * @param file a safetensors file; replaced if it exists
   */
  void save(Path file);

  @Override
  void close();
}
