package org.recur4j.backend.ejml;

import java.util.List;

/**
 * A plan's weights, packed once per version, forward and, from the first training pass on,
 * backward.
 */
final class FusedWeights {
  private final List<DirectionTensors> tensors;
  private final PackedWeights[] packed;
  private boolean backward;
  private long packedVersion;

  FusedWeights(FusedCell cell, int inputSize, int hiddenSize, List<DirectionTensors> tensors) {
    this.tensors = List.copyOf(tensors);
    this.packed = new PackedWeights[tensors.size()];
    for (int direction = 0; direction < packed.length; direction++) {
      packed[direction] = new PackedWeights(cell, inputSize, hiddenSize);
    }
    refresh();
  }

  /** Packs anew if a tensor was written since. */
  synchronized void refresh() {
    long version = version();
    if (version != packedVersion || packedVersion == 0) {
      for (int direction = 0; direction < packed.length; direction++) {
        tensors.get(direction).pack(packed[direction], backward);
      }
      packedVersion = version;
    }
  }

  /** Packs what backward reads, once the first training pass is opened. */
  synchronized void prepareBackward() {
    if (!backward) {
      backward = true;
      packedVersion = 0;
      refresh();
    }
  }

  /** Whether the tensors are still those that were packed. */
  synchronized boolean isCurrent() {
    return packedVersion == version();
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

  private long version() {
    // One more, so that 0 can stand for "never packed".
    long version = 1;
    for (int i = 0; i < tensors.size(); i++) {
      version += tensors.get(i).version();
    }
    return version;
  }
}
