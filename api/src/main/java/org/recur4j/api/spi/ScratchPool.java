package org.recur4j.api.spi;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A pool of scratch objects, such as arrays, that a kernel uses for the length of a call. As many
 * are made as threads ever asked at the same time; taking one and giving it back allocates nothing
 * after that. A kernel that needs scratch memory takes it from a pool, because a field would be
 * shared by all threads that call the kernel. Thread-safe.
 *
 * @param <T> the type of the objects
 */
public final class ScratchPool<T> {
  /** More threads at once than this make scratch that is not kept. */
  private static final int CAPACITY = 64;

  private final AtomicReferenceArray<T> idle = new AtomicReferenceArray<>(CAPACITY);
  private final Supplier<T> maker;

  /**
   * An empty pool.
   *
   * @param maker makes one object
   */
  public ScratchPool(Supplier<T> maker) {
    this.maker = maker;
  }

  /**
   * Takes an object that no other thread uses.
   *
   * @return an object with any contents; the caller gives it back at the end of the call
   */
  public T take() {
    for (int i = 0; i < CAPACITY; i++) {
      T found = idle.get(i) == null ? null : idle.getAndSet(i, null);
      if (found != null) {
        return found;
      }
    }
    return maker.get();
  }

  /**
   * Gives an object back.
   *
   * @param scratch what {@link #take} returned
   */
  public void give(T scratch) {
    for (int i = 0; i < CAPACITY; i++) {
      if (idle.get(i) == null && idle.compareAndSet(i, null, scratch)) {
        return;
      }
    }
  }
}
