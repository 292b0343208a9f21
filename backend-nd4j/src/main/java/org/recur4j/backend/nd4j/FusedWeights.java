package org.recur4j.backend.nd4j;

import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;

/** A plan's weights, packed once per version. */
final class FusedWeights {
  private final RecurrentWeights tensors;
  private final NativeMemory memory;
  private final PackedWeights[] packed;
  private long packedVersion;
  private boolean freed;

  FusedWeights(
      RecurrentSpec spec,
      FusedCell cell,
      UnitCut cut,
      RecurrentWeights tensors,
      NativeMemory memory) {
    this.tensors = tensors;
    this.memory = memory;
    this.packed = new PackedWeights[spec.directions()];
    for (int direction = 0; direction < packed.length; direction++) {
      packed[direction] = new PackedWeights(cell, cut, spec.inputSize(), memory);
    }
    pack();
  }

  /** Packs anew if a tensor was written since. */
  synchronized void refresh() {
    if (!isCurrent()) {
      pack();
    }
  }

  private void pack() {
    packedVersion = tensors.version();
    for (int direction = 0; direction < packed.length; direction++) {
      packed[direction].pack(tensors.directions().get(direction));
    }
  }

  /** Whether the tensors are still those that were packed. */
  synchronized boolean isCurrent() {
    return packedVersion == tensors.version();
  }

  synchronized long version() {
    return packedVersion;
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

  synchronized void free() {
    if (!freed) {
      freed = true;
      for (PackedWeights direction : packed) {
        direction.free(memory);
      }
    }
  }
}
