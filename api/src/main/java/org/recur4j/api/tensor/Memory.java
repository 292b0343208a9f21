package org.recur4j.api.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.recur4j.api.error.ClosedException;

/**
 * The tensor memory of a backend: a pool of storages by type and size, and the scopes that borrow
 * from it. A backend implements the allocation and the release of a block. Thread-safe.
 */
public abstract class Memory implements AutoCloseable {
  private static final int SMALLEST = 16;

  private final Map<DataType, Map<Integer, ArrayDeque<Storage>>> free =
      new EnumMap<>(DataType.class);
  private final Set<PooledScope> roots = new LinkedHashSet<>();
  private long live;
  private long pooled;
  private long peak;
  private long allocations;
  private boolean closed;

  /** Creates an empty pool. */
  protected Memory() {
    for (DataType type : DataType.values()) {
      free.put(type, new HashMap<>());
    }
  }

  /**
   * Allocates a block.
   *
   * @param dataType element type
   * @param capacity the number of elements
   * @return a block of exactly that capacity, with undefined contents
   */
  protected abstract Storage allocate(DataType dataType, int capacity);

  /**
   * Frees a block for good; on a device, in stream order.
   *
   * @param storage a block from {@link #allocate} that is no longer in use
   */
  protected abstract void release(Storage storage);

  /**
   * Opens a root scope.
   *
   * @param name the purpose of the scope; leak reports show it
   * @return the scope
   */
  public final synchronized Scope open(String name) {
    checkOpen("scope '" + name + "'");
    PooledScope scope = new PooledScope(this, null, name);
    roots.add(scope);
    return scope;
  }

  /**
   * Returns reports on the root scopes that have not been closed.
   *
   * @return one report for each root scope, in the order of opening
   */
  public final synchronized List<ScopeReport> openScopes() {
    List<ScopeReport> reports = new ArrayList<>();
    for (PooledScope scope : roots) {
      reports.add(scope.report());
    }
    return List.copyOf(reports);
  }

  /**
   * Returns the counters of this memory.
   *
   * @return a snapshot
   */
  public final synchronized MemoryUse use() {
    return new MemoryUse(live, pooled, peak, allocations);
  }

  /** Closes every scope and frees every block. Call {@link #openScopes} first to report leaks. */
  @Override
  public final synchronized void close() {
    if (closed) {
      return;
    }
    for (PooledScope scope : List.copyOf(roots)) {
      scope.close();
    }
    trim();
    closed = true;
  }

  /** Frees the blocks that no tensor uses. */
  public final synchronized void trim() {
    for (Map<Integer, ArrayDeque<Storage>> bySize : free.values()) {
      bySize.values().forEach(blocks -> blocks.forEach(this::release));
      bySize.clear();
    }
    pooled = 0;
  }

  final synchronized Lease lease(DataType dataType, int size, String owner) {
    checkOpen("scope '" + owner + "'");
    int capacity = sizeClass(size);
    ArrayDeque<Storage> blocks = free.get(dataType).get(capacity);
    Storage storage = blocks == null ? null : blocks.pollLast();
    if (storage == null) {
      storage = allocate(dataType, capacity);
      allocations++;
    } else {
      pooled -= storage.bytes();
    }
    live += storage.bytes();
    peak = Math.max(peak, live);
    return new Lease(storage, size, owner);
  }

  final synchronized void giveBack(Lease lease) {
    lease.open = false;
    Storage storage = lease.storage;
    live -= storage.bytes();
    pooled += storage.bytes();
    free.get(storage.dataType())
        .computeIfAbsent(storage.capacity(), size -> new ArrayDeque<>())
        .addLast(storage);
  }

  final synchronized void forget(PooledScope scope) {
    roots.remove(scope);
  }

  /**
   * Rounds up to one of eight sizes per power of two, so that shapes that vary a little share
   * blocks and at most 12.5 % of a block is wasted.
   */
  static int sizeClass(int size) {
    if (size <= SMALLEST) {
      return SMALLEST;
    }
    int step = Math.max(SMALLEST, Integer.highestOneBit(size - 1) >>> 3);
    long rounded = ((long) size + step - 1) / step * step;
    return (int) Math.min(rounded, Integer.MAX_VALUE);
  }

  private void checkOpen(String operation) {
    if (closed) {
      throw new ClosedException(
          operation,
          "a closed backend",
          "an open one",
          "Open the backend for as long as its tensors are needed");
    }
  }
}
