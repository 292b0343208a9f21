package org.recur4j.examples.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The wish to stop early. A long-running command asks {@link #requested()} between batches, saves
 * what it has and returns; the virtual machine waits for that before it ends.
 */
public class Interruption {
  private static final long PATIENCE_SECONDS = 20;

  private final AtomicBoolean requested = new AtomicBoolean();
  private final CountDownLatch finished = new CountDownLatch(1);

  /** Asks the running command to stop at the next opportunity. */
  public void request() {
    requested.set(true);
  }

  /**
   * Whether somebody asked.
   *
   * @return true from the first {@link #request()} on
   */
  public boolean requested() {
    return requested.get();
  }

  /** Says that the command has returned, so that nobody waits for it any longer. */
  public void finished() {
    finished.countDown();
  }

  /**
   * Makes Ctrl-C (and the signal TERM) a request. The virtual machine is then already on its way
   * out with exit code 130 (143): the hook only holds it until the command has saved.
   */
  public void listenForCtrlC() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::requestAndWait, "recur4j-interruption"));
  }

  void requestAndWait() {
    if (finished.getCount() == 0) {
      return;
    }
    request();
    try {
      if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println(
            "recur4j: gave up waiting for the command after " + PATIENCE_SECONDS + " seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
