package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.error.ShapeException;

/** Tries what must be refused, one after the other, and reports all that was not, together. */
final class Refusals {
  private final List<String> problems = new ArrayList<>();

  /** One kind of error. */
  void expect(Class<? extends RecurException> kind, String what, Runnable operation) {
    try {
      Expect.refused(kind, operation, what);
    } catch (AssertionError wrong) {
      problems.add(wrong.getMessage());
    } catch (RuntimeException thrown) {
      problems.add(what + " threw " + thrown + "; want a " + kind.getSimpleName());
    }
  }

  /**
   * An operand that does not fit, does not belong or is missing; the message names it.
   *
   * @param name what it must contain but for case and spaces
   */
  void operand(String what, String name, Runnable operation) {
    try {
      operation.run();
      problems.add(what + " was accepted; want an error that names " + name);
    } catch (ShapeException | InvalidArgumentException refusal) {
      if (!plain(refusal.getMessage()).contains(plain(name))) {
        problems.add(
            what
                + " was refused, but the message does not name "
                + name
                + ": "
                + refusal.getMessage());
      }
    } catch (RuntimeException thrown) {
      problems.add(
          what + " threw " + thrown + "; want a ShapeException or InvalidArgumentException");
    }
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }

  void report() {
    if (!problems.isEmpty()) {
      throw new AssertionError(
          problems.size()
              + " refusal(s) of the contract missing:\n  "
              + String.join("\n  ", problems));
    }
  }
}
