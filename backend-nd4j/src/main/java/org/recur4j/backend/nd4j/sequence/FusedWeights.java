package org.recur4j.backend.nd4j.sequence;

import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.backend.nd4j.natives.NativeMemory;

/** The weights of a plan, packed once per version. */
final class FusedWeights {
  private final RecurrentWeights tensors;
  private final NativeMemory memory;
  private final PackedWeights[] packed;

  FusedWeights(
      RecurrentSpec spec,
      PlaneLayout layout,
      UnitCut cut,
      RecurrentWeights tensors,
      NativeMemory memory) {
    this.tensors = tensors;
    this.memory = memory;
    this.packed = new PackedWeights[spec.directions()];
    for (int direction = 0; direction < packed.length; direction++) {
      packed[direction] = new PackedWeights(layout, cut, spec.inputSize(), memory);
    }
    pack();
  }

  /** Packs the current values of the tensors. */
  void pack() {
    for (int direction = 0; direction < packed.length; direction++) {
      packed[direction].pack(tensors.directions().get(direction));
    }
  }

  PackedWeights direction(int direction) {
    return packed[direction];
  }

  long bytes() {
    long bytes = 0;
    for (PackedWeights direction : packed) {
      bytes += direction.bytes();
    }
    return bytes;
  }

  void free() {
    for (PackedWeights direction : packed) {
      direction.free(memory);
    }
  }
}
