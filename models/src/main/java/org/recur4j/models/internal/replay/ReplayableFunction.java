package org.recur4j.models.internal.replay;

import org.recur4j.api.ops.Function;
import org.recur4j.api.tensor.Tensor;

/** A function that does more than call kernels, and knows how to do the same again. */
public interface ReplayableFunction extends Function {
  /**
   * The calculation that a call of {@link #forward} has just made.
   *
   * @param call the same inputs; nothing is created
   * @param outputs what forward gave
   * @return reads the inputs and overwrites the outputs, allocating nothing
   */
  Runnable replay(Forward call, Tensor[] outputs);
}
