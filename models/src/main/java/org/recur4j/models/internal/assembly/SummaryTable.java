package org.recur4j.models.internal.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of a summary, with a row for each layer and aligned columns. */
public final class SummaryTable {
  private final List<String[]> rows = new ArrayList<>();

  /** Creates a table with a header and no rows. */
  public SummaryTable() {
    rows.add(new String[] {"layer", "output", "parameters", "engine"});
  }

  /**
   * Adds a row.
   *
   * @param layer name of the layer
   * @param output shape of its output
   * @param parameters number of its weights
   * @param engine name of the engine that runs it
   */
  public void add(String layer, String output, long parameters, String engine) {
    rows.add(new String[] {layer, output, String.format(Locale.ROOT, "%,d", parameters), engine});
  }

  /** Returns the table as lines of text. */
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
