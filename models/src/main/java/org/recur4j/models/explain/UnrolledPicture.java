package org.recur4j.models.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.models.network.Topology;

/** The network as it is computed: a copy of each layer for every step, states passed along. */
final class UnrolledPicture {
  private static final int MOST_STEPS = 8;
  private static final int COLUMN = 118;
  private static final int ROW = 78;
  private static final int BOX_WIDTH = 78;
  private static final int BOX_HEIGHT = 34;
  private static final int MARGIN = 46;

  private final Topology topology;
  private final List<Stage> stages;
  private final List<String> inputs;
  private final List<String> shown;

  UnrolledPicture(Topology topology, List<Stage> stages, List<String> inputs) {
    this.topology = topology;
    this.stages = stages;
    this.inputs = inputs;
    this.shown = shortened(inputs);
  }

  /** A long sequence shows its first steps, a gap and its last. */
  private static List<String> shortened(List<String> inputs) {
    if (inputs.size() <= MOST_STEPS) {
      return inputs;
    }
    List<String> some = new ArrayList<>(inputs.subList(0, MOST_STEPS - 2));
    some.add("…");
    some.add(inputs.get(inputs.size() - 1));
    return some;
  }

  String svg() {
    double width = 2.0 * MARGIN + COLUMN * shown.size();
    double height = 2.0 * MARGIN + ROW * (stages.size() + 1);
    Drawing drawing = new Drawing(width, height);
    for (int t = 0; t < shown.size(); t++) {
      drawing.text(x(t), height - MARGIN, 15, Drawing.INK, shown.get(t));
      drawing.text(
          x(t), height - MARGIN + 22, 11, Drawing.QUIET, isGap(t) ? "" : "step " + step(t));
    }
    for (int i = 0; i < stages.size(); i++) {
      double y = height - MARGIN - ROW * (i + 1.0);
      for (int t = 0; t < shown.size(); t++) {
        if (stages.get(i).perStep() || t == answering()) {
          box(drawing, i, t, y);
        }
      }
    }
    double top = height - MARGIN - ROW * (double) stages.size();
    for (int t = 0; t < shown.size(); t++) {
      if ((topology.isAligned() || t == answering()) && !isGap(t)) {
        drawing.arrow(Drawing.INK, x(t), top - BOX_HEIGHT / 2.0, x(t), top - ROW + 22.0);
        drawing.text(
            x(t), top - ROW + 10.0, 15, Drawing.INK, topology.isAligned() ? "y" + step(t) : "y");
      }
    }
    return drawing.svg("The network, unrolled over " + inputs.size() + " steps");
  }

  private void box(Drawing drawing, int stage, int t, double y) {
    if (isGap(t)) {
      drawing.text(x(t), y, 18, Drawing.QUIET, "…");
    } else {
      drawing.arrow(
          Drawing.INK,
          x(t),
          y + ROW - (stage == 0 ? 12.0 : BOX_HEIGHT / 2.0),
          x(t),
          y + BOX_HEIGHT / 2.0);
      boolean recurrent = stages.get(stage).isRecurrent();
      drawing.box(
          x(t) - BOX_WIDTH / 2.0,
          y - BOX_HEIGHT / 2.0,
          BOX_WIDTH,
          BOX_HEIGHT,
          recurrent ? Drawing.BOX : Drawing.PAPER);
      drawing.text(x(t), y, 12, Drawing.INK, kind(stages.get(stage).label()));
    }
    Direction direction = stages.get(stage).direction();
    if (direction != null && t + 1 < shown.size()) {
      double left = x(t) + BOX_WIDTH / 2.0;
      double right = x(t + 1) - BOX_WIDTH / 2.0;
      boolean both = direction == Direction.BIDIRECTIONAL;
      if (direction != Direction.REVERSE) {
        drawing.arrow(Drawing.ORANGE, left, y - (both ? 7 : 0), right, y - (both ? 7 : 0));
      }
      if (direction != Direction.FORWARD) {
        drawing.arrow(Drawing.BLUE, right, y + (both ? 7 : 0), left, y + (both ? 7 : 0));
      }
    }
  }

  /** Both directions meet above the last step, where one of them ends. */
  private int answering() {
    return shown.size() - 1;
  }

  private boolean isGap(int t) {
    return inputs.size() > MOST_STEPS && t == MOST_STEPS - 2;
  }

  private int step(int t) {
    return t == shown.size() - 1 ? inputs.size() : t + 1;
  }

  private static double x(int t) {
    return MARGIN + COLUMN * (t + 0.5);
  }

  /** The first words without the sizes, short enough for a box. */
  static String kind(String label) {
    String plain =
        label.replace("bidirectional ", "").replace("reverse ", "").replaceAll(" [0-9].*", "");
    return plain.length() > 11 ? plain.substring(0, 10) + "…" : plain;
  }

  String text() {
    int width = 2;
    for (Stage stage : stages) {
      width = Math.max(width, kind(stage.label()).length());
    }
    for (String input : shown) {
      width = Math.max(width, input.length());
    }
    StringBuilder text = new StringBuilder();
    text.append(
        row(
            width,
            false,
            t ->
                topology.isAligned() || t == answering()
                    ? "y" + (topology.isAligned() ? step(t) : "")
                    : ""));
    for (int i = stages.size() - 1; i >= 0; i--) {
      Stage stage = stages.get(i);
      text.append(row(width, false, t -> stage.perStep() || t == answering() ? "↑" : ""));
      text.append(
          row(
              width,
              true,
              t ->
                  stage.perStep() || t == answering()
                      ? "[" + RolledPicture.centred(kind(stage.label()), widthOf(stage)) + "]"
                      : "",
              link(stage)));
    }
    text.append(row(width, false, t -> "↑"));
    return text.append(row(width, false, shown::get)).toString();
  }

  private static int widthOf(Stage stage) {
    return kind(stage.label()).length();
  }

  private static String link(Stage stage) {
    if (stage.direction() == null) {
      return "   ";
    }
    return switch (stage.direction()) {
      case FORWARD -> "─→ ";
      case REVERSE -> "←─ ";
      case BIDIRECTIONAL -> "←→ ";
    };
  }

  private String row(int width, boolean boxes, IntFunction<String> cell, String link) {
    StringBuilder line = new StringBuilder();
    for (int t = 0; t < shown.size(); t++) {
      String words = boxes && isGap(t) ? "…" : cell.apply(t);
      boolean last = t == shown.size() - 1;
      line.append(RolledPicture.centred(words, width + 2))
          .append(last ? "" : words.isEmpty() ? "   " : link);
    }
    return line.toString().stripTrailing() + "\n";
  }

  private String row(int width, boolean boxes, IntFunction<String> cell) {
    return row(width, boxes, cell, "   ");
  }
}
