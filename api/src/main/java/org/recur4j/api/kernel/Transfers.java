package org.recur4j.api.kernel;

import org.recur4j.api.tensor.Tensor;

/**
 * Copies between Java arrays and tensors. {@code float[]} and {@code double[]} can be copied from
 * and to either floating type, with conversion where they differ; {@code int[]} only from and to
 * {@code INT32}. The number of elements copied is the size of the tensor; an array with fewer
 * elements from the offset on is rejected with a {@link RuntimeException}. A download waits for the
 * device; no other call does so implicitly. An upload has read the array when it returns and counts
 * as a write ({@link Tensor#version}).
 */
public interface Transfers {
  /**
   * Copies floats into a tensor.
   *
   * @param source the array to read
   * @param offset the first index read
   * @param target a floating tensor; {@code target.size()} elements are read
   */
  void upload(float[] source, int offset, Tensor target);

  /**
   * Copies doubles into a tensor.
   *
   * @param source the array to read
   * @param offset the first index read
   * @param target a floating tensor; {@code target.size()} elements are read
   */
  void upload(double[] source, int offset, Tensor target);

  /**
   * Copies integers into a tensor.
   *
   * @param source the array to read
   * @param offset the first index read
   * @param target an INT32 tensor; {@code target.size()} elements are read
   */
  void upload(int[] source, int offset, Tensor target);

  /**
   * Copies a tensor into an array of floats.
   *
   * @param source a floating tensor
   * @param target the array to write; {@code source.size()} elements are written
   * @param offset the first index written
   */
  void download(Tensor source, float[] target, int offset);

  /**
   * Copies a tensor into an array of doubles.
   *
   * @param source a floating tensor
   * @param target the array to write; {@code source.size()} elements are written
   * @param offset the first index written
   */
  void download(Tensor source, double[] target, int offset);

  /**
   * Copies a tensor into an array of integers.
   *
   * @param source an INT32 tensor
   * @param target the array to write; {@code source.size()} elements are written
   * @param offset the first index written
   */
  void download(Tensor source, int[] target, int offset);
}
