package org.recur4j.models.training.model;

import java.util.List;
import org.recur4j.api.ops.Ops;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.layer.LayerTrace;
import org.recur4j.models.training.loss.BatchLoss;

/**
 * The workspaces of truncated backpropagation through time: batches are split along time; the state
 * is carried from chunk to chunk, but gradients are not. Not thread-safe.
 *
 * @param <E> the type of an example with its target
 */
public interface ChunkedRun<E> extends AutoCloseable {
  /**
   * Begins a new batch with fresh initial states.
   *
   * @param examples at least one
   * @return the number of chunks of the longest example, at least 1
   * @throws org.recur4j.api.error.InvalidArgumentException if an example does not fit the model
   */
  int begin(List<E> examples);

  /**
   * Computes the loss of the next chunk.
   *
   * @param ops a tape; the results live in its scope
   * @param step the number of the forward pass, from 0, for dropout
   * @return the mean loss over the targets of the chunk, which may be none
   */
  BatchLoss forward(Ops ops, long step);

  /**
   * Returns the traces of the recurrent layers in the last chunk, as {@link TrainableRun#traces},
   * for a run in mode TRACING.
   *
   * @param tape the tape that recorded the chunk
   * @return one trace for each layer and direction; empty unless the model supports tracing
   */
  default List<LayerTrace> traces(Tape tape) {
    return List.of();
  }

  @Override
  void close();
}
