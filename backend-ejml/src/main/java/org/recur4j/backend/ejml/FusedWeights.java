package org.recur4j.backend.ejml;

import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.tensor.Tensor;

/**
 * A plan's weights, packed once per version, forward and, from the first training pass on,
 * backward.
 */
final class FusedWeights {
  private final RecurrentWeights tensors;
  private final PackedWeights[] packed;
  private boolean backward;
  private long packedVersion;

  FusedWeights(FloatEngine engine, FusedCell cell, RecurrentSpec spec, RecurrentWeights tensors) {
    this.tensors = tensors;
    this.packed = new PackedWeights[tensors.directions().size()];
    for (int direction = 0; direction < packed.length; direction++) {
      packed[direction] =
          new PackedWeights(engine, cell, spec.inputSize(), spec.hiddenSize(), spec.precision());
    }
    pack();
  }

  /** Packs anew if a tensor was written since. */
  synchronized void refresh() {
    if (!isCurrent()) {
      pack();
    }
  }

  /** Packs what backward reads, when the first training pass is opened. */
  synchronized void prepareBackward() {
    if (!backward) {
      backward = true;
      pack();
    }
  }

  /** Whether the tensors are still those that were packed. */
  synchronized boolean isCurrent() {
    return packedVersion == tensors.version();
  }

  synchronized long version() {
    return packedVersion;
  }

  PackedWeights[] packed() {
    return packed;
  }

  RecurrentWeights tensors() {
    return tensors;
  }

  long bytes() {
    long bytes = 0;
    for (PackedWeights direction : packed) {
      bytes += direction.bytes();
    }
    return bytes;
  }

  private void pack() {
    packedVersion = tensors.version();
    for (int direction = 0; direction < packed.length; direction++) {
      DirectionWeights from = tensors.directions().get(direction);
      PackedWeights to = packed[direction];
      float[] ih = HeapStorage.floats(from.weightIh());
      float[] hh = HeapStorage.floats(from.weightHh());
      int ihOffset = from.weightIh().offset();
      int hhOffset = from.weightHh().offset();
      to.packForward(
          ih,
          ihOffset,
          hh,
          hhOffset,
          floats(from.biasIh()),
          offset(from.biasIh()),
          floats(from.biasHh()),
          offset(from.biasHh()));
      if (backward) {
        to.packBackward(ih, ihOffset, hh, hhOffset);
      }
    }
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
