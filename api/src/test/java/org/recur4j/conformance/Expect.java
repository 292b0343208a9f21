package org.recur4j.conformance;

import org.recur4j.api.error.RecurException;

/** Conditions and refusals, with messages that say what is wanted. */
final class Expect {
  private Expect() {}

  static void that(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }

  /** Runs what must be refused with one kind of error, and returns that error. */
  static RecurException refused(
      Class<? extends RecurException> kind, Runnable operation, String what) {
    try {
      operation.run();
    } catch (RecurException error) {
      that(
          kind.isInstance(error),
          what
              + " threw "
              + error
              + "; want a "
              + kind.getSimpleName()
              + ", which says what to do");
      return error;
    }
    throw new AssertionError(what + " was accepted; want a " + kind.getSimpleName());
  }
}
