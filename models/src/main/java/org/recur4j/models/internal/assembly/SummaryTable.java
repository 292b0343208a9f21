package org.recur4j.models.internal.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What summaries look like: a row a layer, columns as wide as their widest entry. */
public final class SummaryTable {
  private final List<String[]> rows = new ArrayList<>();

  /** A table of nothing but its heading. */
  public SummaryTable() {
    rows.add(new String[] {"layer", "output", "parameters", "engine"});
  }

  /**
   * Adds a row.
   *
   * @param layer its name
   * @param output its output's shape
   * @param parameters how many
   * @param engine what runs it
   */
  public void add(String layer, String output, long parameters, String engine) {
    rows.add(new String[] {layer, output, String.format(Locale.ROOT, "%,d", parameters), engine});
  }

  /** Lines for a person. */
  @Override
  public String toString() {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row[c].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String pad = " ".repeat(widths[c] - row[c].length());
        line.append(c == 2 ? pad + row[c] : row[c] + pad).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
