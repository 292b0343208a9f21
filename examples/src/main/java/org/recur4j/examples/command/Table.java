package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows under a heading, in columns as wide as their widest cell. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... heading) {
    rows.add(List.of(heading));
  }

  void add(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + rows.get(0).size() + " columns");
    }
    rows.add(List.of(cells));
  }

  void print(PrintWriter out) {
    List<Integer> widths =
        IntStream.range(0, rows.get(0).size())
            .mapToObj(c -> rows.stream().mapToInt(row -> columns(row.get(c))).max().orElse(0))
            .toList();
    for (List<String> row : rows) {
      String line =
          IntStream.range(0, row.size())
              .mapToObj(c -> row.get(c) + " ".repeat(widths.get(c) - columns(row.get(c))))
              .collect(Collectors.joining(GAP));
      out.println(line.stripTrailing());
    }
  }

  /** Terminals give ideographs and Hangul two columns each. */
  private static int columns(String cell) {
    return cell.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  private static boolean isWide(int character) {
    return Character.UnicodeScript.of(character) == Character.UnicodeScript.HANGUL
        || Character.isIdeographic(character);
  }
}
