package org.recur4j.api.decorate;

import java.util.List;
import java.util.Locale;

/**
 * Counts and times of calls, by name; {@link #toString} returns a table, the longest time first.
 *
 * @param calls one entry for each name, the longest total time first
 */
public record CallTally(List<Entry> calls) {
  /**
   * The count and time of one kernel or plan call.
   *
   * @param name the name, e.g. {@code "gemm"} or {@code "plan.forward"}
   * @param count the number of calls
   * @param nanoseconds the total time, measured on the calling thread
   */
  public record Entry(String name, long count, long nanoseconds) {}

  /** Copies the list. */
  public CallTally {
    calls = List.copyOf(calls);
  }

  /**
   * Returns the number of calls of a name.
   *
   * @param name the name, as in {@link Entry}
   * @return the number of calls, 0 if there were none
   */
  public long count(String name) {
    for (Entry entry : calls) {
      if (entry.name().equals(name)) {
        return entry.count();
      }
    }
    return 0;
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder("     calls        ms  name");
    for (Entry entry : calls) {
      table.append(
          String.format(
              Locale.ROOT,
              "%n%10d%10.3f  %s",
              entry.count(),
              entry.nanoseconds() / 1e6,
              entry.name()));
    }
    return table.toString();
  }
}
