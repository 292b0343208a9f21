package org.recur4j.backend.ejml;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A few daemon threads that help a caller through the blocks of one task. Which thread runs which
 * block is left to chance; since blocks never share results, the bits do not depend on it.
 *
 * <p>The caller always takes part. A second caller that arrives while the threads are busy runs its
 * blocks itself, so nobody waits for a stranger's work. Dispatch allocates nothing. Threads start
 * with the first task that has more than one block, spin briefly between tasks and then park.
 */
final class Workers implements AutoCloseable {
  /**
   * About 20 to 50 microseconds: longer than the gap between two layers, shorter than a scheduler
   * slice.
   */
  private static final int SPINS = 2_000;

  /** A participant's attempts before it lets other threads of a crowded machine run. */
  private static final int POLITE_SPINS = 20_000;

  private final int threads;
  private final AtomicInteger owner = new AtomicInteger();
  private final AtomicLong ticket = new AtomicLong();
  private final AtomicInteger finished = new AtomicInteger();

  private volatile Thread[] helpers = new Thread[0];
  private volatile boolean closed;
  private volatile Throwable failure;
  private volatile BlockTask task;
  private volatile int blockCount;
  private int generation;

  /**
   * @param threads the caller included; at least 1
   */
  Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "workers: got " + threads + " threads, expected at least 1");
    }
    this.threads = threads;
  }

  int threads() {
    return threads;
  }

  /**
   * Runs blocks 0 to {@code blocks − 1} and returns when all are done. An exception that a block
   * throws reaches the caller: after the remaining blocks when threads share them, at once when the
   * caller works alone.
   */
  void run(int blocks, BlockTask work) {
    if (threads == 1 || blocks <= 1 || closed || !owner.compareAndSet(0, 1)) {
      for (int block = 0; block < blocks; block++) {
        work.run(block);
      }
      return;
    }
    try {
      start();
      dispatch(blocks, work);
      Throwable thrown = failure;
      if (thrown != null) {
        rethrow(thrown);
      }
    } finally {
      // A ticket that no one can take: a helper that slept through this task must not take a block
      // of the
      // next one before its own ticket stands.
      ticket.set(((long) generation << 32) | Integer.MAX_VALUE);
      task = null;
      failure = null;
      owner.set(0);
    }
  }

  // Yielding is right here: the block that is waited for may need this very processor.
  @SuppressWarnings("ThreadPriorityCheck")
  private void dispatch(int blocks, BlockTask work) {
    generation++;
    failure = null;
    finished.set(0);
    task = work;
    blockCount = blocks;
    // Publishing the ticket opens the task: high half its generation, low half the next free block.
    ticket.set((long) generation << 32);
    Thread[] all = helpers;
    for (int i = 0; i < Math.min(all.length, blocks - 1); i++) {
      LockSupport.unpark(all[i]);
    }
    participate(generation);
    int spins = 0;
    while (finished.get() < blocks) {
      if (++spins < POLITE_SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  private void participate(int round) {
    while (true) {
      long now = ticket.get();
      int block = (int) now;
      if ((int) (now >>> 32) != round) {
        return;
      }
      BlockTask work = task;
      int blocks = blockCount;
      // The exchange succeeds only while this round's ticket stands, so work and blocks belong to
      // it.
      if (block >= blocks) {
        return;
      }
      if (!ticket.compareAndSet(now, now + 1)) {
        continue;
      }
      try {
        work.run(block);
      } catch (Throwable thrown) {
        if (failure == null) {
          failure = thrown;
        }
      } finally {
        finished.incrementAndGet();
      }
    }
  }

  private void start() {
    if (helpers.length > 0) {
      return;
    }
    Thread[] created = new Thread[threads - 1];
    for (int i = 0; i < created.length; i++) {
      created[i] = new Thread(this::help, "recur4j-ejml-" + (i + 1));
      created[i].setDaemon(true);
    }
    helpers = created;
    for (Thread thread : created) {
      thread.start();
    }
  }

  private void help() {
    int seen = 0;
    int spins = 0;
    while (!closed) {
      int round = (int) (ticket.get() >>> 32);
      if (round != seen) {
        seen = round;
        participate(round);
        spins = 0;
      } else if (++spins < SPINS) {
        Thread.onSpinWait();
      } else {
        // A permit given before this call makes it return at once, so no task is slept through.
        LockSupport.park(this);
        spins = 0;
      }
    }
  }

  private static void rethrow(Throwable thrown) {
    if (thrown instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException("a block task threw a checked exception", thrown);
  }

  @Override
  public void close() {
    closed = true;
    for (Thread thread : helpers) {
      LockSupport.unpark(thread);
    }
  }
}
