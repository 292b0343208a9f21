package org.recur4j.models.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Tasks on threads of their own, all of which end before anybody goes on.
 *
 * @param tasks in the order of their results
 * @param <R> what one gives
 */
record Runners<R>(List<FutureTask<R>> tasks) {
  /**
   * Runs them to their ends.
   *
   * @return what they gave
   * @throws RuntimeException what the first that failed threw; what others gave is closed then
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
          // Backends must not be closed under a running thread: all of them are waited for.
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

  /** Of every task; where one failed, what the others gave is closed. */
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
