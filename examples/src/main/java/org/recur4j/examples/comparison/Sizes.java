package org.recur4j.examples.comparison;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;

/** The sizes that a sweep can go through. */
final class Sizes {
  static final String HIDDEN = "hidden";
  static final String LAYERS = "layers";
  static final String BATCH = "batch";
  static final List<String> ALL = List.of(HIDDEN, BATCH, LAYERS);

  private Sizes() {}

  static boolean is(String wanted, String given) {
    return wanted.equals(given);
  }

  static void check(String given, boolean known, List<String> all) {
    if (!known) {
      throw new InvalidArgumentException(
          "compare, sizes", "'" + given + "'", String.join(", ", all), "Name one of these");
    }
  }
}
