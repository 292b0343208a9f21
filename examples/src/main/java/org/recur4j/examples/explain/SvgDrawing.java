package org.recur4j.examples.explain;

import java.util.Locale;

/**
 * An SVG drawing, shape by shape, in user units. Colors hold on white and are told apart by people
 * with any kind of color vision (Okabe, Ito 2008).
 */
final class SvgDrawing {
  static final String INK = "#222222";
  static final String QUIET = "#777777";
  static final String BLUE = "#0072b2";
  static final String ORANGE = "#d55e00";
  static final String PAPER = "#ffffff";
  static final String BOX = "#e8f1f8";
  static final String ROUND = "#fdebd9";

  private static final int TIP = 8;

  private final double width;
  private final double height;
  private final StringBuilder shapes = new StringBuilder();

  SvgDrawing(double width, double height) {
    this.width = width;
    this.height = height;
  }

  SvgDrawing box(double x, double y, double w, double h, String fill) {
    return add(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"4\" fill=\"%s\" stroke=\"%s\"/>",
        number(x), number(y), number(w), number(h), fill, INK);
  }

  /** A cell of a matrix: no rounded corners, a hair of a border. */
  SvgDrawing tile(double x, double y, double size, String fill) {
    return add(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\" stroke=\"%s\""
            + " stroke-width=\"0.5\"/>",
        number(x), number(y), number(size), number(size), fill, QUIET);
  }

  SvgDrawing circle(double x, double y, double radius, String fill) {
    return add(
        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\" stroke=\"%s\"/>",
        number(x), number(y), number(radius), fill, INK);
  }

  /** A line through the points x₀ y₀ x₁ y₁ … */
  SvgDrawing line(String color, double... points) {
    return add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"/>",
        list(points), color);
  }

  /** A line whose last piece, horizontal or vertical, ends in a tip. */
  SvgDrawing arrow(String color, double... points) {
    int n = points.length;
    double x = points[n - 2];
    double y = points[n - 1];
    double dx = Math.signum(x - points[n - 4]);
    double dy = Math.signum(y - points[n - 3]);
    double[] shaft = points.clone();
    shaft[n - 2] = x - dx * TIP;
    shaft[n - 1] = y - dy * TIP;
    double half = TIP / 2.0;
    return line(color, shaft)
        .add(
            "<polygon points=\"%s\" fill=\"%s\"/>",
            list(
                x,
                y,
                x - dx * TIP - dy * half,
                y - dy * TIP - dx * half,
                x - dx * TIP + dy * half,
                y - dy * TIP + dx * half),
            color);
  }

  SvgDrawing text(double x, double y, double size, String color, String words) {
    return add(
        "<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\" text-anchor=\"middle\">%s</text>",
        number(x), number(y + 0.35 * size), number(size), color, escaped(words));
  }

  SvgDrawing leftText(double x, double y, double size, String color, String words) {
    return add(
        "<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\">%s</text>",
        number(x), number(y + 0.35 * size), number(size), color, escaped(words));
  }

  /** The whole picture as a file's content. */
  String svg(String title) {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\""
                + " height=\"%s\" font-family=\"Helvetica, Arial, sans-serif\" role=\"img\">%n",
            number(width),
            number(height),
            number(width),
            number(height))
        + "<title>"
        + escaped(title)
        + "</title>\n<rect width=\"100%\" height=\"100%\" fill=\""
        + PAPER
        + "\"/>\n"
        + shapes
        + "</svg>\n";
  }

  private SvgDrawing add(String format, Object... values) {
    shapes.append(String.format(Locale.ROOT, format, values)).append('\n');
    return this;
  }

  private static String list(double... points) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < points.length; i++) {
      list.append(i == 0 ? "" : i % 2 == 0 ? " " : ",").append(number(points[i]));
    }
    return list.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  private static String escaped(String words) {
    StringBuilder text = new StringBuilder();
    words
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                default -> text.appendCodePoint(c < ' ' ? ' ' : c);
              }
            });
    return text.toString();
  }
}
