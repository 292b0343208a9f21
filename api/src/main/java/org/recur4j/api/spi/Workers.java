package org.recur4j.api.spi;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * A fixed number of daemon threads that run the parts of a task together with the calling thread.
 * Results have the same bits for any number of threads if the caller follows three rules: the
 * division into parts depends only on shapes and options; no part writes what another part of the
 * same phase reads or writes; partial sums are stored separately and combined in the order of the
 * parts.
 *
 * <p>The caller always takes part, so that a thread suspended by the operating system delays the
 * task only if it is running a part. A second caller that arrives while the threads are busy runs
 * its parts itself. A task is submitted once for all its phases; between two phases the threads
 * wait for one counter. Running a task allocates nothing. Threads start with the first task of more
 * than one part, spin for about 50 microseconds between tasks, and then park.
 */
public final class Workers implements AutoCloseable {
  /** About 50 microseconds, which is longer than the gap between two layers. */
  private static final int IDLE_SPINS = 3_000;

  /**
   * About 20 microseconds. After that a waiting thread yields, because on a busy machine the thread
   * that runs the awaited part may need this processor.
   */
  private static final int WAIT_SPINS = 1_000;

  private final String name;
  private final int threads;
  private final AtomicInteger owner = new AtomicInteger();

  /**
   * The round in the upper half; the next free part, counted through all phases, in the lower half.
   */
  private final AtomicLong ticket = new AtomicLong();

  private final AtomicInteger finished = new AtomicInteger();
  private volatile Thread[] helpers = new Thread[0];
  private volatile boolean closed;
  private volatile Throwable failure;
  private volatile PhaseTask task;
  private volatile int parts;
  private volatile int total;
  private int round;

  /**
   * Creates workers whose threads have not started.
   *
   * @param name the name of the backend, which becomes part of the thread names
   * @param threads the number of threads that run a task, including the caller, at least 1; usually
   *     {@link org.recur4j.api.backend.BackendOptions#resolvedThreads}
   * @throws InvalidArgumentException if {@code threads} is less than 1
   */
  public Workers(String name, int threads) {
    if (threads < 1) {
      throw new InvalidArgumentException(
          "workers of " + name,
          threads + " threads",
          "at least 1",
          "Include the calling thread in the count");
    }
    this.name = name;
    this.threads = threads;
  }

  /**
   * Returns the number of threads that run a task.
   *
   * @return the number, including the caller
   */
  public int threads() {
    return threads;
  }

  /**
   * Runs blocks 0 to {@code blocks − 1} and returns when all are done.
   *
   * @param blocks the number of blocks
   * @param work the task
   * @throws RuntimeException the exception of a block; blocks that had not begun by then are
   *     skipped
   */
  public void run(int blocks, BlockTask work) {
    run(1, blocks, work);
  }

  /**
   * Runs all parts of all phases and returns when they are done.
   *
   * @param phases the number of phases, which run one after the other
   * @param partsEach the number of parts in each phase
   * @param work the task
   * @throws RuntimeException the exception of a part; parts that had not begun by then are skipped
   */
  public void run(int phases, int partsEach, PhaseTask work) {
    if (threads == 1 || partsEach <= 1 || closed || !owner.compareAndSet(0, 1)) {
      for (int phase = 0; phase < phases; phase++) {
        for (int part = 0; part < partsEach; part++) {
          work.run(phase, part);
        }
      }
      return;
    }
    try {
      start();
      dispatch(phases, partsEach, work);
      rethrow(failure);
    } finally {
      // No part is left for this ticket, so a thread that was parked during the task finds no work.
      ticket.set(((long) round << 32) | Integer.MAX_VALUE);
      task = null;
      failure = null;
      owner.set(0);
    }
  }

  private void dispatch(int phases, int partsEach, PhaseTask work) {
    round++;
    failure = null;
    finished.set(0);
    task = work;
    parts = partsEach;
    total = phases * partsEach;
    // Publishing the ticket starts the task.
    ticket.set((long) round << 32);
    Thread[] all = helpers;
    for (int i = 0; i < Math.min(all.length, partsEach - 1); i++) {
      LockSupport.unpark(all[i]);
    }
    participate(round);
    await(total);
  }

  private void participate(int wanted) {
    while (true) {
      long now = ticket.get();
      int index = (int) now;
      PhaseTask work = task;
      int each = parts;
      if ((int) (now >>> 32) != wanted || index >= total || each == 0) {
        return;
      }
      int phase = index / each;
      if (finished.get() < phase * each) {
        await(phase * each);
      } else if (ticket.compareAndSet(now, now + 1)) {
        // The ticket was unchanged, so the values read belong to this round.
        try {
          if (failure == null) {
            work.run(phase, index - phase * each);
          }
        } catch (Throwable thrown) {
          if (failure == null) {
            failure = thrown;
          }
        } finally {
          finished.incrementAndGet();
        }
      }
    }
  }

  // Yielding is correct because the awaited part may need this processor.
  @SuppressWarnings("ThreadPriorityCheck")
  private void await(int count) {
    int current = (int) (ticket.get() >>> 32);
    int spins = 0;
    while (finished.get() < count && (int) (ticket.get() >>> 32) == current) {
      if (++spins < WAIT_SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
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
    if (thrown != null) {
      throw new IllegalStateException("a part threw a checked exception", thrown);
    }
  }

  private void start() {
    if (helpers.length > 0) {
      return;
    }
    Thread[] created = new Thread[threads - 1];
    for (int i = 0; i < created.length; i++) {
      created[i] = new Thread(this::help, "recur4j-" + name + "-" + (i + 1));
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
      int current = (int) (ticket.get() >>> 32);
      if (current != seen) {
        seen = current;
        participate(current);
        spins = 0;
      } else if (++spins < IDLE_SPINS) {
        Thread.onSpinWait();
      } else {
        // A permit given before this call makes it return at once, so no task is missed.
        LockSupport.park(this);
        spins = 0;
      }
    }
  }

  /** Ends the threads; later tasks run on the calling thread alone. */
  @Override
  public void close() {
    closed = true;
    for (Thread thread : helpers) {
      LockSupport.unpark(thread);
    }
  }
}
