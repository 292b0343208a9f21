package org.recur4j.examples.task;

import java.nio.file.Path;
import java.util.List;
import org.recur4j.api.recurrent.Precision;

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
   * The same model with its recurrent layers' weights packed at another precision.
   *
   * @param precision how products round
   * @return shares the weights with this model, which must outlive it; close it
   * @throws org.recur4j.api.error.InvalidArgumentException if the backend has no kernels for it,
   *     with its reason
   */
  TaskModel at(Precision precision);

  /**
   * Memory of the recurrent layers' weights as their plans pack them.
   *
   * @return bytes; layers that use the weights where they are count 0
   */
  long packedBytes();

  /**
   * Writes it atomically. The same weights give the same bytes.
   *
   * @param file a safetensors file; replaced if it exists
   */
  void save(Path file);

  @Override
  void close();
}
