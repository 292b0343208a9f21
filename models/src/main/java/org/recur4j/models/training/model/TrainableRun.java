package org.recur4j.models.training.model;

import java.util.List;
import org.recur4j.api.ops.Ops;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.layer.LayerTrace;
import org.recur4j.models.training.loss.BatchLoss;

/**
 * The workspaces of one user of a {@link Trainable}; one thread at a time.
 *
 * @param <E> an example with its answer
 */
public interface TrainableRun<E> extends AutoCloseable {
  /**
   * Runs a batch up to its loss. In training the gradients of the batch before are in by now, so
   * that its workspaces may be used again.
   *
   * @param ops the mathematics: a tape in training; results live in its scope
   * @param examples at least one
   * @param step number of the training step, from 0, for dropout; 0 in evaluation
   * @return the loss
   * @throws org.recur4j.api.error.InvalidArgumentException if an example does not fit the model
   */
  BatchLoss forward(Ops ops, List<E> examples, long step);

  /**
   * What the recurrent layers did in the last batch, of a run that was opened in mode TRACING;
   * after the walk back, before the next batch.
   *
   * @param tape that the batch was recorded on
   * @return one for each layer and direction; none unless the model shows them
   */
  default List<LayerTrace> traces(Tape tape) {
    return List.of();
  }

  @Override
  void close();
}
