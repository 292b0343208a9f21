package org.recur4j.api.backend;

import java.util.List;

/**
 * The backends found by discovery, usable or not; {@link #toString} returns a readable table.
 *
 * @param candidates the backends, in the order of discovery
 */
public record BackendReport(List<Candidate> candidates) {
  /** Copies the list. */
  public BackendReport {
    candidates = List.copyOf(candidates);
  }

  @Override
  public String toString() {
    if (candidates.isEmpty()) {
      return "no backend on the class path or module path";
    }
    int width = 4;
    for (Candidate candidate : candidates) {
      width = Math.max(width, candidate.name().length());
    }
    StringBuilder table = new StringBuilder();
    row(table, width, "name", "score", "what");
    for (Candidate candidate : candidates) {
      table.append('\n');
      if (candidate.availability() instanceof Availability.Available available) {
        row(
            table,
            width,
            candidate.name(),
            Integer.toString(available.score()),
            available.detail());
      } else if (candidate.availability() instanceof Availability.Unavailable unavailable) {
        row(
            table,
            width,
            candidate.name(),
            "-",
            "unavailable: " + unavailable.reason() + "; " + unavailable.remedy());
      }
    }
    return table.toString();
  }

  private static void row(StringBuilder table, int width, String name, String score, String what) {
    table.append(name).append(" ".repeat(width - name.length() + 2));
    table.append(" ".repeat(Math.max(0, 5 - score.length()))).append(score);
    table.append("  ").append(what);
  }
}
