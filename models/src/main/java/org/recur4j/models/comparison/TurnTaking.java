package org.recur4j.models.comparison;

import org.recur4j.api.error.RecurException;

/** Coordinates threads that run one at a time, in turns, until they leave. */
final class TurnTaking {
  private final boolean[] left;
  private int turn;

  TurnTaking(int runners) {
    left = new boolean[runners];
  }

  /** Waits for the turn. */
  synchronized void await(int runner) {
    while (turn != runner) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RecurException(
            RecurException.message(
                "compare",
                "an interrupted thread",
                "a thread that can wait for its turn",
                "Run it again"));
      }
    }
  }

  /** Gives the turn to the next thread, and waits for the next own turn. */
  synchronized void pass(int runner) {
    next();
    await(runner);
  }

  /** Leaves, and gives the turn to the next thread if it is this one's. */
  synchronized void leave(int runner) {
    left[runner] = true;
    if (turn == runner) {
      next();
    }
  }

  private void next() {
    for (int i = 1; i <= left.length; i++) {
      int candidate = (turn + i) % left.length;
      if (!left[candidate]) {
        turn = candidate;
        notifyAll();
        return;
      }
    }
  }
}
