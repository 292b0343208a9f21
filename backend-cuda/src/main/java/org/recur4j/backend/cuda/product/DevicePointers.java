package org.recur4j.backend.cuda.product;

import java.util.Arrays;
import jcuda.Pointer;

/**
 * JCuda's objects for addresses. They are kept, because a repeated step has the same addresses and
 * must leave nothing on the Java heap. Used under the queue's monitor.
 */
final class DevicePointers {
  private static final int BITS = 12;
  private static final int SLOTS = 1 << BITS;

  /** A fuller table would search long. */
  private static final int MOST = SLOTS / 4 * 3;

  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final Known[] slots = new Known[SLOTS];
  private int used;

  /** The pointer to an address on the device. */
  Pointer to(long address) {
    int at = (int) ((address * SPREAD) >>> (Long.SIZE - BITS));
    while (slots[at] != null) {
      if (slots[at].address == address) {
        return slots[at];
      }
      at = (at + 1) & (SLOTS - 1);
    }
    if (used == MOST) {
      Arrays.fill(slots, null);
      used = 0;
    }
    used++;
    slots[at] = new Known(address);
    return slots[at];
  }

  private static final class Known extends Pointer {
    private final long address;

    private Known(long address) {
      super(address);
      this.address = address;
    }
  }
}
