package org.recur4j.backend.ejml;

import org.recur4j.api.tensor.Tensor;

/**
 * The weights of one direction, or the sums of their gradients.
 *
 * @param weightIh {@code [G·H, I]}
 * @param weightHh {@code [G·H, H]}
 * @param biasIh {@code [G·H]}, or null
 * @param biasHh {@code [G·H]}, or null
 */
record DirectionTensors(Tensor weightIh, Tensor weightHh, Tensor biasIh, Tensor biasHh) {
  /** Grows whenever one of the tensors is written. */
  long version() {
    return weightIh.version() + weightHh.version() + version(biasIh) + version(biasHh);
  }

  private static long version(Tensor tensor) {
    return tensor == null ? 0 : tensor.version();
  }

  void pack(PackedWeights target, boolean backward) {
    float[] ih = HeapStorage.floats(weightIh);
    float[] hh = HeapStorage.floats(weightHh);
    target.packForward(
        ih,
        weightIh.offset(),
        hh,
        weightHh.offset(),
        floats(biasIh),
        offset(biasIh),
        floats(biasHh),
        offset(biasHh));
    if (backward) {
      target.packBackward(ih, weightIh.offset(), hh, weightHh.offset());
    }
  }

  void pointAt(GradientArrays target) {
    target.weightIh = floats(weightIh);
    target.weightIhOffset = offset(weightIh);
    target.weightHh = floats(weightHh);
    target.weightHhOffset = offset(weightHh);
    target.biasIh = floats(biasIh);
    target.biasIhOffset = offset(biasIh);
    target.biasHh = floats(biasHh);
    target.biasHhOffset = offset(biasHh);
  }

  /** The array of a tensor that may be absent. */
  static float[] floats(Tensor tensor) {
    return tensor == null ? null : HeapStorage.floats(tensor);
  }

  static int offset(Tensor tensor) {
    return tensor == null ? 0 : tensor.offset();
  }
}
