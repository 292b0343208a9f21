package org.recur4j.examples.page;

import java.util.Objects;
import java.util.stream.Stream;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * Which of a few names holds in each cell over two axes. The name stands in the cell or in the
 * legend beside its pattern, never in a color alone.
 *
 * @param title above the chart
 * @param xLabel what the columns are
 * @param yLabel what the rows are
 * @param x name of each column
 * @param y name of each row, from top to bottom
 * @param winners [row][column] a name, or "" where nobody wins
 * @param notes [row][column] a short text under the name, e.g. "1.4 ×"; or null for none
 */
public record WinnerMap(
    String title,
    String xLabel,
    String yLabel,
    String[] x,
    String[] y,
    String[][] winners,
    String[][] notes)
    implements Block {
  /**
   * Checks and copies the names.
   *
   * @throws InvalidArgumentException if there is no cell, or not a name (and a note) for each
   */
  public WinnerMap {
    x = x.clone();
    y = y.clone();
    winners = copy(winners);
    notes = notes == null ? null : copy(notes);
    if (x.length == 0 || y.length == 0 || !fits(winners, x, y) || !fits(notes, x, y)) {
      throw new InvalidArgumentException(
          "map '" + title + "'",
          winners.length + " rows for " + y.length + " by " + x.length + " names",
          "a row for each y with a name for each x, at least one, and as many notes or none",
          "Use \"\" where nobody wins");
    }
  }

  private static String[][] copy(String[][] texts) {
    return Stream.of(texts).map(String[]::clone).toArray(String[][]::new);
  }

  private static boolean fits(String[][] texts, String[] x, String[] y) {
    return texts == null
        || (texts.length == y.length
            && Stream.of(texts)
                .allMatch(
                    row -> row.length == x.length && Stream.of(row).allMatch(Objects::nonNull)));
  }
}
