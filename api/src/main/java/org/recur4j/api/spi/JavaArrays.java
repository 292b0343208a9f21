package org.recur4j.api.spi;

import org.recur4j.api.tensor.Tensor;

/** The Java arrays behind a backend's tensors; a tensor's elements begin at its offset. */
public interface JavaArrays {
  /**
   * The array of a FLOAT64 tensor.
   *
   * @param tensor an open tensor of the backend
   * @return its storage's array
   */
  double[] doubles(Tensor tensor);

  /**
   * The array of an INT32 tensor.
   *
   * @param tensor an open tensor of the backend
   * @return its storage's array
   */
  int[] integers(Tensor tensor);
}
