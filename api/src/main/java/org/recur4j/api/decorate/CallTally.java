package org.recur4j.api.decorate;

import java.util.List;
import java.util.Locale;

/**
 * What was called how often, for how long; {@link #toString} is a table, the longest first.
 *
 * @param calls one entry a name, the longest total time first
 */
public record CallTally(List<Entry> calls) {
  /**
   * One kernel or plan call.
   *
   * @param name e.g. {@code "gemm"} or {@code "plan.forward"}
   * @param count how often
   * @param nanoseconds in all, as the calling thread saw it
   */
  public record Entry(String name, long count, long nanoseconds) {}

  /** Copies the list. */
  public CallTally {
    calls = List.copyOf(calls);
  }

  /**
   * How often something was called.
   *
   * @param name as in {@link Entry}
   * @return 0 if never
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
