package org.recur4j.models.internal.replay;

import org.recur4j.api.ops.Function;
import org.recur4j.api.tensor.Tensor;

/** A function that does more than call kernels and supplies its own repeatable computation. */
public interface ReplayableFunction extends Function {
  /**
   * Returns a computation that repeats the preceding call of {@link #forward}.
   *
   * @param call the call, with the same inputs; no tensors may be created
   * @param outputs outputs returned by forward
   * @return a computation that reads the inputs and overwrites the outputs, without allocating
   */
  Runnable replay(Forward call, Tensor[] outputs);
}
