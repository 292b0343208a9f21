package org.recur4j.backend.ejml;

import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.api.tensor.Tensor;

/** A plan's weights, packed forward and, from the first training pass on, backward. */
final class FusedWeights {
  private final RecurrentWeights tensors;
  private final PackedWeights[] packed;
  private boolean backward;

  FusedWeights(FloatEngine engine, FusedCell cell, RecurrentSpec spec, RecurrentWeights tensors) {
    this.tensors = tensors;
    this.packed = new PackedWeights[tensors.directions().size()];
    for (int direction = 0; direction < packed.length; direction++) {
      packed[direction] =
          new PackedWeights(engine, cell, spec.inputSize(), spec.hiddenSize(), spec.precision());
    }
    pack();
  }

  /** Packs what the tensors hold now. */
  synchronized void pack() {
    for (int direction = 0; direction < packed.length; direction++) {
      DirectionWeights from = tensors.directions().get(direction);
      packed[direction].packForward(
          HeapStorage.floats(from.weightIh()),
          from.weightIh().offset(),
          HeapStorage.floats(from.weightHh()),
          from.weightHh().offset(),
          floats(from.biasIh()),
          offset(from.biasIh()),
          floats(from.biasHh()),
          offset(from.biasHh()));
    }
    if (backward) {
      packBackward();
    }
  }

  /** Packs what backward reads, when the first training pass is opened. */
  synchronized void prepareBackward() {
    if (!backward) {
      packBackward();
      backward = true;
    }
  }

  private void packBackward() {
    for (int direction = 0; direction < packed.length; direction++) {
      DirectionWeights from = tensors.directions().get(direction);
      packed[direction].packBackward(
          HeapStorage.floats(from.weightIh()),
          from.weightIh().offset(),
          HeapStorage.floats(from.weightHh()),
          from.weightHh().offset());
    }
  }

  PackedWeights[] packed() {
    return packed;
  }

  long bytes() {
    long bytes = 0;
    for (PackedWeights direction : packed) {
      bytes += direction.bytes();
    }
    return bytes;
  }

  /** Points the sums of one direction's gradients at tensors. */
  static void point(GradientArrays sums, DirectionWeights at) {
    sums.weightIh = floats(at.weightIh());
    sums.weightIhOffset = offset(at.weightIh());
    sums.weightHh = floats(at.weightHh());
    sums.weightHhOffset = offset(at.weightHh());
    sums.biasIh = floats(at.biasIh());
    sums.biasIhOffset = offset(at.biasIh());
    sums.biasHh = floats(at.biasHh());
    sums.biasHhOffset = offset(at.biasHh());
  }

  /** The array of a tensor that may be absent. */
  static float[] floats(Tensor tensor) {
    return tensor == null ? null : HeapStorage.floats(tensor);
  }

  static int offset(Tensor tensor) {
    return tensor == null ? 0 : tensor.offset();
  }
}
