package org.recur4j.backend.nd4j;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Objects that one thread at a time uses for the length of a call. Never more are made than threads
 * asked at once; after that borrowing allocates nothing.
 */
final class ScratchPool<T> {
  private final AtomicReferenceArray<T> idle = new AtomicReferenceArray<>(64);
  private final Supplier<T> maker;

  ScratchPool(Supplier<T> maker) {
    this.maker = maker;
  }

  T take() {
    for (int i = 0; i < idle.length(); i++) {
      T found = idle.get(i) == null ? null : idle.getAndSet(i, null);
      if (found != null) {
        return found;
      }
    }
    return maker.get();
  }

  void give(T scratch) {
    for (int i = 0; i < idle.length(); i++) {
      if (idle.compareAndSet(i, null, scratch)) {
        return;
      }
    }
  }
}
