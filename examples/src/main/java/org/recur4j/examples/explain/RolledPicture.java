package org.recur4j.examples.explain;

import java.util.List;

/** The network as it is written: one column of layers, states going round in loops. */
final class RolledPicture {
  private static final int BOX_WIDTH = 240;
  private static final int BOX_HEIGHT = 36;
  private static final int ROW = 70;
  private static final int MIDDLE = 170;
  private static final int MARGIN = 40;

  private RolledPicture() {}

  static String svg(List<LayerBox> stages) {
    int height = 2 * MARGIN + ROW * (stages.size() + 1);
    SvgDrawing drawing = new SvgDrawing(2 * MIDDLE + 60, height);
    int y = height - MARGIN;
    drawing.text(MIDDLE, y, 16, SvgDrawing.INK, "x");
    for (LayerBox stage : stages) {
      int center = y - ROW;
      drawing.arrow(
          SvgDrawing.INK,
          MIDDLE,
          y - 16 + (y == height - MARGIN ? 0 : -2),
          MIDDLE,
          center + BOX_HEIGHT / 2.0);
      drawing.box(
          MIDDLE - BOX_WIDTH / 2.0,
          center - BOX_HEIGHT / 2.0,
          BOX_WIDTH,
          BOX_HEIGHT,
          stage.isRecurrent() ? SvgDrawing.BOX : SvgDrawing.PAPER);
      drawing.text(MIDDLE, center, 14, SvgDrawing.INK, stage.label());
      if (stage.isRecurrent()) {
        loop(drawing, center);
      }
      y = center;
    }
    drawing.arrow(SvgDrawing.INK, MIDDLE, y - BOX_HEIGHT / 2.0, MIDDLE, y - ROW + 14.0);
    drawing.text(MIDDLE, y - ROW + 2.0, 16, SvgDrawing.INK, "y");
    return drawing.svg("The network with its loops");
  }

  /** Out of the right side, round, and back in below. */
  private static void loop(SvgDrawing drawing, int y) {
    double side = MIDDLE + BOX_WIDTH / 2.0;
    drawing.arrow(SvgDrawing.ORANGE, side, y - 9, side + 36, y - 9, side + 36, y + 9, side, y + 9);
    drawing.text(side + 52, y, 14, SvgDrawing.ORANGE, "h");
  }

  static String text(List<LayerBox> stages) {
    int width = stages.stream().mapToInt(stage -> stage.label().length()).max().orElse(1) + 4;
    StringBuilder text = new StringBuilder(line("y", width));
    for (int i = stages.size() - 1; i >= 0; i--) {
      LayerBox stage = stages.get(i);
      String box = centered("[ " + stage.label() + " ]", width);
      text.append(line("↑", width)).append(stage.isRecurrent() ? box + " ↩ h\n" : line(box, width));
    }
    return text.append(line("↑", width)).append(line("x", width)).toString();
  }

  private static String line(String words, int width) {
    return centered(words, width).stripTrailing() + "\n";
  }

  static String centered(String words, int width) {
    int left = Math.max(0, (width - words.length()) / 2);
    return " ".repeat(left) + words + " ".repeat(Math.max(0, width - left - words.length()));
  }
}
