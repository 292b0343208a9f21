package org.recur4j.api.spi;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A pool of scratch objects, such as arrays, that a kernel uses during a call. The pool creates as
 * many objects as threads use at the same time; taking and returning one allocates nothing after
 * that. A kernel takes scratch memory from a pool because a field would be shared by all threads
 * that call the kernel. Thread-safe.
 *
 * @param <T> the type of the objects
 */
public final class ScratchPool<T> {
  /** The number of idle objects kept; objects returned beyond that are discarded. */
  private static final int CAPACITY = 64;

  private final AtomicReferenceArray<T> idle = new AtomicReferenceArray<>(CAPACITY);
  private final Supplier<T> maker;

  /**
   * Creates an empty pool.
   *
   * @param maker a factory of objects
   */
  public ScratchPool(Supplier<T> maker) {
    this.maker = maker;
  }

  /**
   * Takes an object that no other thread uses.
   *
   * @return an object with undefined contents; the caller gives it back at the end of the call
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
   * Returns an object to the pool.
   *
   * @param scratch an object that {@link #take} returned
   */
  public void give(T scratch) {
    for (int i = 0; i < CAPACITY; i++) {
      if (idle.get(i) == null && idle.compareAndSet(i, null, scratch)) {
        return;
      }
    }
  }
}
