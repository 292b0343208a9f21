package org.recur4j.examples.explain;

import java.util.List;
import org.recur4j.api.recurrent.Direction;

/** The network as it is computed: a copy of each layer for every step, states passed along. */
final class UnrolledPicture {
  private static final int COLUMN = 118;
  private static final int ROW = 78;
  private static final int BOX_WIDTH = 78;
  private static final int BOX_HEIGHT = 34;
  private static final int MARGIN = 46;

  private final Unrolling unrolling;
  private final List<LayerBox> stages;

  private UnrolledPicture(Unrolling unrolling) {
    this.unrolling = unrolling;
    this.stages = unrolling.stages();
  }

  static String svg(Unrolling unrolling) {
    return new UnrolledPicture(unrolling).svg();
  }

  private String svg() {
    double width = 2.0 * MARGIN + COLUMN * unrolling.columns();
    double height = 2.0 * MARGIN + ROW * (stages.size() + 1);
    SvgDrawing drawing = new SvgDrawing(width, height);
    for (int t = 0; t < unrolling.columns(); t++) {
      drawing.text(x(t), height - MARGIN, 15, SvgDrawing.INK, unrolling.shown().get(t));
      drawing.text(
          x(t),
          height - MARGIN + 22,
          11,
          SvgDrawing.QUIET,
          unrolling.isGap(t) ? "" : "step " + unrolling.step(t));
    }
    double y = height - MARGIN;
    for (int i = 0; i < stages.size(); i++) {
      y -= ROW;
      LayerBox stage = stages.get(i);
      double below = y + ROW - (i == 0 ? 12.0 : BOX_HEIGHT / 2.0);
      if (stage.perStep()) {
        for (int t = 0; t < unrolling.columns(); t++) {
          step(drawing, stage, t, y, below);
        }
      } else if (stage.isPooling()) {
        pooling(drawing, stage, y, below);
      } else {
        if (unrolling.readsLastStates(i) && unrolling.fold() == SequenceFold.BOTH_ENDS) {
          ends(drawing, y + BOX_HEIGHT / 2.0, below);
        } else {
          drawing.arrow(SvgDrawing.INK, answer(), below, answer(), y + BOX_HEIGHT / 2.0);
        }
        box(drawing, answer(), y, BOX_WIDTH, Unrolling.kind(stage), SvgDrawing.PAPER);
      }
    }
    for (int t = 0; t < unrolling.columns() && unrolling.fold() == SequenceFold.NONE; t++) {
      if (!unrolling.isGap(t)) {
        output(drawing, x(t), y, "y" + unrolling.step(t));
      }
    }
    if (unrolling.fold() != SequenceFold.NONE) {
      output(drawing, answer(), y, "y");
    }
    return drawing.svg("The network, unrolled over " + unrolling.steps());
  }

  private static void output(SvgDrawing drawing, double x, double top, String name) {
    drawing.arrow(SvgDrawing.INK, x, top - BOX_HEIGHT / 2.0, x, top - ROW + 22.0);
    drawing.text(x, top - ROW + 10.0, 15, SvgDrawing.INK, name);
  }

  private static void box(
      SvgDrawing drawing, double x, double y, double width, String words, String fill) {
    drawing.box(x - width / 2, y - BOX_HEIGHT / 2.0, width, BOX_HEIGHT, fill);
    drawing.text(x, y, 12, SvgDrawing.INK, words);
  }

  /** One copy of a layer, and the states that it hands to the next. */
  private void step(SvgDrawing drawing, LayerBox stage, int t, double y, double below) {
    if (unrolling.isGap(t)) {
      drawing.text(x(t), y, 18, SvgDrawing.QUIET, "…");
    } else {
      drawing.arrow(SvgDrawing.INK, x(t), below, x(t), y + BOX_HEIGHT / 2.0);
      String fill = stage.isRecurrent() ? SvgDrawing.BOX : SvgDrawing.PAPER;
      box(drawing, x(t), y, BOX_WIDTH, Unrolling.kind(stage), fill);
    }
    Direction direction = stage.direction();
    if (direction != null && t + 1 < unrolling.columns()) {
      double left = x(t) + BOX_WIDTH / 2.0;
      double right = x(t + 1) - BOX_WIDTH / 2.0;
      int aside = direction == Direction.BIDIRECTIONAL ? 7 : 0;
      if (direction != Direction.REVERSE) {
        drawing.arrow(SvgDrawing.ORANGE, left, y - aside, right, y - aside);
      }
      if (direction != Direction.FORWARD) {
        drawing.arrow(SvgDrawing.BLUE, right, y + aside, left, y + aside);
      }
    }
  }

  /** One box over all steps, which reads every one of them. */
  private void pooling(SvgDrawing drawing, LayerBox stage, double y, double below) {
    for (int t = 0; t < unrolling.columns(); t++) {
      if (unrolling.isGap(t)) {
        drawing.text(x(t), (below + y + BOX_HEIGHT / 2.0) / 2, 18, SvgDrawing.QUIET, "…");
      } else {
        drawing.arrow(SvgDrawing.INK, x(t), below, x(t), y + BOX_HEIGHT / 2.0);
      }
    }
    double width = x(unrolling.last()) - x(0) + BOX_WIDTH;
    box(drawing, answer(), y, width, Unrolling.plain(stage), SvgDrawing.PAPER);
  }

  /** Each direction's state comes from the step where that direction ends. */
  private void ends(SvgDrawing drawing, double tip, double below) {
    double middle = (tip + below) / 2;
    double first = x(0);
    double last = x(unrolling.last());
    double x = answer();
    drawing.arrow(SvgDrawing.BLUE, first, below, first, middle, x - 10, middle, x - 10, tip);
    drawing.arrow(SvgDrawing.ORANGE, last, below, last, middle, x + 10, middle, x + 10, tip);
    drawing.text((first + x) / 2 - 5, middle - 9, 10, SvgDrawing.BLUE, unrolling.afterStep(0));
    drawing.text(
        (last + x) / 2 + 5,
        middle - 9,
        10,
        SvgDrawing.ORANGE,
        unrolling.afterStep(unrolling.last()));
  }

  /** Where everything that there is once only stands. */
  private double answer() {
    return switch (unrolling.fold()) {
      case FIRST_STEP -> x(0);
      case NONE, LAST_STEP -> x(unrolling.last());
      case BOTH_ENDS, ALL_STEPS -> (x(0) + x(unrolling.last())) / 2;
    };
  }

  private static double x(int t) {
    return MARGIN + COLUMN * (t + 0.5);
  }
}
