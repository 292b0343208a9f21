package org.recur4j.examples.page;

import java.util.List;
import org.recur4j.examples.page.ChartFrame.Sheet;

/**
 * A chart in a file of its own, with its title and its legend inside, light or dark as the reader's
 * system is.
 *
 * @param title above it
 * @param description what a reader who does not see it shall know
 * @param legend what the symbols stand for
 * @param drawing the chart
 */
record ChartPicture(String title, String description, List<LegendEntry> legend, Sheet drawing) {
  private static final int MARGIN = 14;
  private static final int LINE = 22;

  String svg(String style) {
    double width = drawing.size.width + 2.0 * MARGIN;
    Markup inside = new Markup();
    double x = MARGIN;
    double y = MARGIN + LINE;
    inside.raw("<text x=\"14\" y=\"28\" style=\"font-weight:600;font-size:15px\">");
    inside.text(title).raw("</text>");
    for (LegendEntry entry : legend) {
      double room = LegendEntry.WIDTH + 6 + ChartFrame.width(entry.name()) + 14;
      if (x + room > width && x > MARGIN) {
        x = MARGIN;
        y += LINE;
      }
      inside.raw("<g transform=\"translate(").number(x).raw(" ").number(y).raw(")\">");
      inside.raw(entry.symbol()).raw("<text x=\"44\" y=\"11\">").text(entry.name());
      inside.raw("</text></g>");
      x += room;
    }
    y += legend.isEmpty() ? 4 : LINE + 4;
    double height = y + drawing.height + MARGIN;
    Markup picture = new Markup();
    picture.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").number(width);
    picture.raw(" ").number(height).raw("\" width=\"").number(width);
    picture.raw("\" font-family=\"system-ui, sans-serif\" role=\"img\">\n<title>").text(title);
    picture.raw("</title>\n<desc>").text(description).raw("</desc>\n<style>\n").raw(style);
    picture.raw("</style>\n<rect width=\"100%\" height=\"100%\" style=\"fill:var(--paper)\"/>\n");
    picture.raw(inside.toString()).raw("\n<g transform=\"translate(14 ").number(y).raw(")\">");
    return picture.raw(drawing.markup.toString()).raw("</g>\n</svg>\n").toString();
  }
}
