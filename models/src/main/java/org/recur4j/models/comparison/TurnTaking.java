package org.recur4j.models.comparison;

import org.recur4j.api.error.RecurException;

/** Threads of which one runs at a time, each in its turn, until it leaves. */
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
                "compare", "an interrupted thread", "to wait for its turn", "Run it again"));
      }
    }
  }

  /** Lets the others have their turns, and waits for the next. */
  synchronized void pass(int runner) {
    next();
    await(runner);
  }

  /** Runs no longer; whose turn it is goes to the next. */
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
