package org.recur4j.examples.command;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The wish to stop early. The virtual machine ends at once, or after a second where the command
 * looks out for the wish between batches; while something would be lost, it waits for a {@link
 * #hold} to be let go.
 */
public class Interruption {
  private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

  private final AtomicBoolean requested = new AtomicBoolean();
  private volatile boolean looksOut;
  private int holds;
  private long letGo;
  private boolean finished;
  private String notice;

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
    looksOut = true;
    return requested.get();
  }

  /**
   * Begins what must not be cut off: a training until it is saved, the writing of a file.
   *
   * @return lets go when it is closed
   */
  public synchronized Hold hold() {
    holds++;
    return new Hold(this);
  }

  /**
   * Runs what must not be cut off.
   *
   * @param work e.g. the writing of a file
   */
  public void hold(Runnable work) {
    Hold hold = hold();
    try {
      work.run();
    } finally {
      hold.close();
    }
  }

  private synchronized void letGo() {
    holds--;
    letGo = System.nanoTime();
    notifyAll();
  }

  /**
   * Sets what to tell a person whose Ctrl-C ends the command from here on.
   *
   * @param text one line
   */
  public synchronized void notice(String text) {
    notice = text;
  }

  /** Says that the command has returned, so that nobody waits for it any longer. */
  public synchronized void finished() {
    finished = true;
    notifyAll();
  }

  /**
   * Makes Ctrl-C (and the signal TERM) a request. The virtual machine is then already on its way
   * out with exit code 130 (143): the hook only holds it until nothing can be lost.
   */
  public void listenForCtrlC() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::requestAndWait, "recur4j-interruption"));
  }

  void requestAndWait() {
    try {
      String last = waitUntilNothingIsLost();
      if (last != null) {
        System.err.println("recur4j: " + last);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns what to tell about a command that is cut off; null for nothing. */
  private synchronized String waitUntilNothingIsLost() throws InterruptedException {
    if (finished) {
      return null;
    }
    request();
    long begin = System.nanoTime();
    boolean told = false;
    while (!finished) {
      long now = System.nanoTime();
      long left = GRACE - (now - (letGo == 0 ? begin : Math.max(begin, letGo)));
      if (holds > 0) {
        if (now - begin >= GRACE && !told) {
          told = true;
          System.err.println(
              "recur4j: stopping as soon as what there is has been saved; the signal KILL ends it"
                  + " without that");
        }
        wait(TimeUnit.NANOSECONDS.toMillis(GRACE));
      } else if (looksOut && left > 0) {
        wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
      } else {
        return notice;
      }
    }
    return null;
  }

  /** Keeps the virtual machine from ending until it is closed; closing it twice does nothing. */
  public static final class Hold implements AutoCloseable {
    private Interruption held;

    private Hold(Interruption held) {
      this.held = held;
    }

    @Override
    public synchronized void close() {
      if (held != null) {
        held.letGo();
        held = null;
      }
    }
  }
}
