package org.recur4j.models.training.model;

import java.util.List;
import org.recur4j.api.ops.Ops;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.layer.LayerTrace;
import org.recur4j.models.training.loss.BatchLoss;

/**
 * The workspaces of truncated backpropagation through time: batches are cut along time, the state
 * is carried from chunk to chunk, gradients are not. One thread at a time.
 *
 * @param <E> an example with its answer
 */
public interface ChunkedRun<E> extends AutoCloseable {
  /**
   * Takes a new batch, with nothing remembered of the one before.
   *
   * @param examples at least one
   * @return how many chunks the longest example has, at least 1
   * @throws org.recur4j.api.error.InvalidArgumentException if an example does not fit the model
   */
  int begin(List<E> examples);

  /**
   * Runs the next chunk up to its loss.
   *
   * @param ops a tape; results live in its scope
   * @param step number of the forward pass, from 0, for dropout
   * @return the mean loss over the chunk's answers, of which there may be none
   */
  BatchLoss forward(Ops ops, long step);

  /**
   * What the recurrent layers did in the last chunk, of a run that traces; as {@link
   * TrainableRun#traces}.
   *
   * @param tape that the chunk was recorded on
   * @return one for each layer and direction; none unless the model shows them
   */
  default List<LayerTrace> traces(Tape tape) {
    return List.of();
  }

  @Override
  void close();
}
