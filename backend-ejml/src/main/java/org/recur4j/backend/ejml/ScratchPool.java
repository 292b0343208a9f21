package org.recur4j.backend.ejml;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Scratch objects for whichever thread needs one for the length of a call. As many are kept as
 * threads ever asked at once, up to the capacity; taking and giving back allocates nothing after
 * that.
 */
final class ScratchPool<T> {
  private static final int CAPACITY = 64;

  private final AtomicReferenceArray<T> free = new AtomicReferenceArray<>(CAPACITY);
  private final Supplier<T> maker;

  ScratchPool(Supplier<T> maker) {
    this.maker = maker;
  }

  T take() {
    for (int i = 0; i < CAPACITY; i++) {
      if (free.get(i) != null) {
        T found = free.getAndSet(i, null);
        if (found != null) {
          return found;
        }
      }
    }
    return maker.get();
  }

  void give(T scratch) {
    for (int i = 0; i < CAPACITY; i++) {
      if (free.get(i) == null && free.compareAndSet(i, null, scratch)) {
        return;
      }
    }
  }
}
