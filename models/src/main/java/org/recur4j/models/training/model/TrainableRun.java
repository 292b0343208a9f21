package org.recur4j.models.training.model;

import java.util.List;
import org.recur4j.api.ops.Ops;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.layer.LayerTrace;
import org.recur4j.models.training.loss.BatchLoss;

/**
 * The workspaces of a {@link Trainable}. Not thread-safe.
 *
 * @param <E> the type of an example with its target
 */
public interface TrainableRun<E> extends AutoCloseable {
  /**
   * Computes the loss of a batch. In training, the gradients of the previous batch are complete
   * when this method is called, so that its workspaces may be reused.
   *
   * @param ops the operations, a tape in training; the results live in its scope
   * @param examples at least one
   * @param step the number of the forward pass, from 0, for dropout; 0 in evaluation
   * @return the loss
   * @throws org.recur4j.api.error.InvalidArgumentException if an example does not fit the model
   */
  BatchLoss forward(Ops ops, List<E> examples, long step);

  /**
   * Returns the traces of the recurrent layers in the last batch, for a run in mode TRACING. Call
   * it after the backward pass and before the next batch.
   *
   * @param tape the tape that recorded the batch
   * @return one trace for each layer and direction; empty unless the model supports tracing
   */
  default List<LayerTrace> traces(Tape tape) {
    return List.of();
  }

  @Override
  void close();
}
