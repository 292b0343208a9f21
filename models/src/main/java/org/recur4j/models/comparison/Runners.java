package org.recur4j.models.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Tasks that run on separate threads and are all awaited.
 *
 * @param tasks tasks, in the order of their results
 * @param <R> result of a task
 */
record Runners<R>(List<FutureTask<R>> tasks) {
  /**
   * Runs all tasks to completion.
   *
   * @return the results
   * @throws RuntimeException if a task throws it, from the first such task; results of the others
   *     are then closed
   */
  List<R> run() {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      Thread thread = new Thread(tasks.get(i), "recur4j-compare-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          // Backends must not be closed while a thread uses them, so all threads are awaited.
          interrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
    }
    List<R> results = results();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return results;
  }

  /** Returns the result of every task; if one failed, closes the results of the others. */
  private List<R> results() {
    List<R> results = new ArrayList<>();
    Throwable failure = null;
    for (FutureTask<R> task : tasks) {
      try {
        results.add(task.get());
      } catch (ExecutionException e) {
        failure = failure == null ? e.getCause() : failure;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure = failure == null ? new IllegalStateException("interrupted", e) : failure;
      }
    }
    if (failure == null) {
      return results;
    }
    for (R result : results) {
      close(result, failure);
    }
    if (failure instanceof Error error) {
      throw error;
    }
    throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }

  private static void close(Object result, Throwable failure) {
    if (result instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }
}
