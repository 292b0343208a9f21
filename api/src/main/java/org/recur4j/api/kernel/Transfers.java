package org.recur4j.api.kernel;

import org.recur4j.api.tensor.Tensor;

/**
 * Copies between Java arrays and tensors. {@code float[]} and {@code double[]} go with either
 * floating type, converted where they differ; {@code int[]} goes with {@code INT32} only. As many
 * elements are copied as the tensor has; an array that holds fewer from the offset on is refused
 * with a {@link RuntimeException}. A download waits for the device, which nothing else does
 * implicitly. An upload has read the array when it returns and counts as a write ({@link
 * Tensor#version}).
 */
public interface Transfers {
  /**
   * Copies floats into a tensor.
   *
   * @param source where to read
   * @param offset first element read
   * @param target a floating tensor; {@code target.size()} elements are read
   */
  void upload(float[] source, int offset, Tensor target);

  /**
   * Copies doubles into a tensor.
   *
   * @param source where to read
   * @param offset first element read
   * @param target a floating tensor; {@code target.size()} elements are read
   */
  void upload(double[] source, int offset, Tensor target);

  /**
   * Copies integers into a tensor.
   *
   * @param source where to read
   * @param offset first element read
   * @param target an INT32 tensor; {@code target.size()} elements are read
   */
  void upload(int[] source, int offset, Tensor target);

  /**
   * Copies a tensor into floats.
   *
   * @param source a floating tensor
   * @param target where to write {@code source.size()} elements
   * @param offset first element written
   */
  void download(Tensor source, float[] target, int offset);

  /**
   * Copies a tensor into doubles.
   *
   * @param source a floating tensor
   * @param target where to write {@code source.size()} elements
   * @param offset first element written
   */
  void download(Tensor source, double[] target, int offset);

  /**
   * Copies a tensor into integers.
   *
   * @param source an INT32 tensor
   * @param target where to write {@code source.size()} elements
   * @param offset first element written
   */
  void download(Tensor source, int[] target, int offset);
}
