package org.recur4j.backend.cuda.product;

import java.util.Arrays;
import jcuda.Pointer;

/**
 * A cache of JCuda's pointer objects by address, so that a repeated step, which has the same
 * addresses, allocates nothing on the Java heap. Used under the queue's monitor.
 */
final class DevicePointers {
  private static final int BITS = 12;
  private static final int SLOTS = 1 << BITS;

  /** The maximum number of entries; searches in a fuller table would be slow. */
  private static final int MOST = SLOTS / 4 * 3;

  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final Known[] slots = new Known[SLOTS];
  private int used;

  /** Returns the pointer to a device address. */
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
