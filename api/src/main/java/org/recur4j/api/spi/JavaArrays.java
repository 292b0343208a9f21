package org.recur4j.api.spi;

import org.recur4j.api.tensor.Tensor;

/**
 * Access to the Java arrays behind a backend's tensors; a tensor's elements begin at its offset.
 */
public interface JavaArrays {
  /**
   * Returns the array of a FLOAT64 tensor.
   *
   * @param tensor an open tensor of the backend
   * @return the array of its storage
   */
  double[] doubles(Tensor tensor);

  /**
   * Returns the array of an INT32 tensor.
   *
   * @param tensor an open tensor of the backend
   * @return the array of its storage
   */
  int[] integers(Tensor tensor);
}
