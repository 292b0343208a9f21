package org.recur4j.examples.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What is around every chart: caption, legend, both drawings, notes, the figures as a table. */
final class ChartFrame {
  private final Markup page;
  private final List<ChartPicture> pictures = new ArrayList<>();
  private int drawings;

  ChartFrame(Markup page) {
    this.page = page;
  }

  /** The charts written so far, to stand alone. */
  List<ChartPicture> pictures() {
    return List.copyOf(pictures);
  }

  private void legend(List<LegendEntry> legend) {
    if (!legend.isEmpty()) {
      page.raw("<ul class=\"legend\">");
      for (LegendEntry entry : legend) {
        page.raw("<li><svg width=\"38\" height=\"14\" viewBox=\"0 0 38 14\" aria-hidden=\"true\">");
        page.raw(entry.symbol()).raw("</svg>").text(entry.name()).raw("</li>");
      }
      page.raw("</ul>\n");
    }
  }

  /** How much room a drawing has, in pixels at its natural size. */
  enum Size {
    WIDE(730, "wide"),
    NARROW(358, "narrow");

    final int width;
    final String kind;

    Size(int width, String kind) {
      this.width = width;
      this.kind = kind;
    }
  }

  /** A picture under construction. */
  static final class Sheet {
    final Markup markup = new Markup();
    final Size size;

    /** Begins the ids in this drawing: those of a hidden drawing are of no use to another. */
    final String id;

    double height;

    Sheet(Size size, String id) {
      this.size = size;
      this.id = id;
    }

    void text(double x, double y, String anchor, String style, String text) {
      markup.raw("<text x=\"").number(x).raw("\" y=\"").number(y).raw("\"");
      if (!anchor.equals("start")) {
        markup.raw(" text-anchor=\"" + anchor + "\"");
      }
      if (!style.isEmpty()) {
        markup.raw(" class=\"" + style + "\"");
      }
      markup.raw(">").text(text).raw("</text>");
    }

    void segment(double x1, double y1, double x2, double y2, String style) {
      markup.raw("<path class=\"" + style + "\" d=\"M").number(x1).raw(" ").number(y1);
      markup.raw("L").number(x2).raw(" ").number(y2).raw("\"/>");
    }

    void box(double x, double y, double width, double height, String attributes) {
      markup.raw("<rect x=\"").number(x).raw("\" y=\"").number(y).raw("\" width=\"").number(width);
      markup.raw("\" height=\"").number(height).raw("\" " + attributes + "/>");
    }

    void title(String text) {
      markup.raw("<title>").text(text).raw("</title>");
    }
  }

  /** Some 12 pixel letters, none of them wider than they are said to be. */
  static double width(String text) {
    return 6.8 * text.codePointCount(0, text.length());
  }

  /**
   * Writes a chart.
   *
   * @param description what a reader who does not see it shall know
   * @param legend what the symbols stand for; empty if there are none
   * @param drawing draws into a sheet and sets its height
   * @param notes below the drawing
   * @param table writes the table of the figures
   */
  void write(
      String title,
      String description,
      List<LegendEntry> legend,
      Consumer<Sheet> drawing,
      List<String> notes,
      Runnable table) {
    page.raw("<figure>\n<figcaption>").text(title).raw("</figcaption>\n");
    legend(legend);
    for (Size size : Size.values()) {
      drawings++;
      Sheet sheet = new Sheet(size, "d" + drawings);
      drawing.accept(sheet);
      page.raw("<svg class=\"" + size.kind + "\" role=\"img\" viewBox=\"0 0 " + size.width + " ");
      page.number(sheet.height).raw("\" aria-label=\"").text(title + ". " + description);
      page.raw("\">").raw(sheet.markup.toString()).raw("</svg>\n");
      if (size == Size.WIDE) {
        pictures.add(new ChartPicture(title, description, legend, sheet));
      }
    }
    notes.forEach(note -> page.raw("<p>").text(note).raw("</p>\n"));
    page.raw("<details><summary>The figures as a table</summary>\n");
    table.run();
    page.raw("</details>\n</figure>\n");
  }
}
