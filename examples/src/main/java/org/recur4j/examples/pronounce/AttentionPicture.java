package org.recur4j.examples.pronounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the decoder looked while it said each symbol, as an alignment matrix: columns are the
 * source's symbols, rows the target's; the darker, the more weight.
 *
 * @param source one label a column
 * @param target one label a row
 * @param weights {@code [target][source]}, 0 to 1; further columns are left away
 */
record AttentionPicture(List<String> source, List<String> target, float[][] weights) {
  private static final String SHADES = " ░▒▓█";
  private static final int CELL = 28;
  private static final int MARGIN = 44;

  /** Lines for a terminal. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    StringBuilder heading = new StringBuilder("    ");
    source.forEach(label -> heading.append(' ').append(label).append(' '));
    lines.add(heading.toString().stripTrailing());
    for (int row = 0; row < target.size(); row++) {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-4s", target.get(row)));
      for (int column = 0; column < source.size(); column++) {
        int shade = Math.round(weights[row][column] * (SHADES.length() - 1));
        line.append(String.valueOf(SHADES.charAt(shade)).repeat(3));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** A drawing for browsers and slides. */
  String svg(String title) {
    int width = MARGIN + source.size() * CELL + 12;
    int height = MARGIN + 24 + target.size() * CELL + 12;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" font-family=\"sans-serif\" font-size=\"14\">%n",
            width,
            height,
            width,
            height));
    svg.append(
        String.format(
            Locale.ROOT, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", width, height));
    label(svg, width / 2, 20, "middle", title);
    int top = MARGIN + 24;
    for (int column = 0; column < source.size(); column++) {
      label(svg, MARGIN + column * CELL + CELL / 2, top - 8, "middle", source.get(column));
    }
    for (int row = 0; row < target.size(); row++) {
      label(svg, MARGIN - 8, top + row * CELL + CELL / 2 + 5, "end", target.get(row));
      for (int column = 0; column < source.size(); column++) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#1f4e8c\""
                    + " fill-opacity=\"%.3f\" stroke=\"#c8ccd4\"><title>%s → %s: %.3f</title></rect>%n",
                MARGIN + column * CELL,
                top + row * CELL,
                CELL,
                CELL,
                weights[row][column],
                escaped(source.get(column)),
                escaped(target.get(row)),
                weights[row][column]));
      }
    }
    return svg.append("</svg>\n").toString();
  }

  private static void label(StringBuilder svg, int x, int y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            escaped(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
