package org.recur4j.examples.explain;

import java.util.List;
import java.util.function.IntFunction;

/** The network as it is computed, in letters: a column for each step. */
final class UnrolledText {
  private static final String PLAIN = "   ";

  private final Unrolling unrolling;
  private final int width;
  private final StringBuilder text = new StringBuilder();

  private UnrolledText(Unrolling unrolling) {
    this.unrolling = unrolling;
    int widest = 2;
    for (LayerBox stage : unrolling.stages()) {
      widest = Math.max(widest, stage.isPooling() ? 0 : Unrolling.kind(stage).length());
    }
    for (String input : unrolling.shown()) {
      widest = Math.max(widest, input.length());
    }
    this.width = widest + 2;
  }

  static String of(Unrolling unrolling) {
    return new UnrolledText(unrolling).write();
  }

  private String write() {
    List<LayerBox> stages = unrolling.stages();
    if (unrolling.fold() == SequenceFold.NONE) {
      columns(t -> unrolling.isGap(t) ? "" : "y" + unrolling.step(t), PLAIN);
    } else {
      single("y");
    }
    for (int i = stages.size() - 1; i >= 0; i--) {
      LayerBox stage = stages.get(i);
      boolean each = i + 1 == stages.size() ? stage.perStep() : !unrolling.readsLastStates(i + 1);
      arrows(stage.perStep() && each);
      if (stage.perStep()) {
        if (!each && unrolling.fold() == SequenceFold.BOTH_ENDS) {
          ends();
        }
        columns(t -> unrolling.isGap(t) ? "…" : "[" + Unrolling.kind(stage) + "]", link(stage));
      } else if (stage.isPooling()) {
        int room = total() - 2;
        line("[" + RolledPicture.centered(Unrolling.plain(stage), room) + "]");
      } else {
        single("[" + Unrolling.kind(stage) + "]");
      }
    }
    arrows(stages.get(0).perStep() || stages.get(0).isPooling());
    columns(unrolling.shown()::get, PLAIN);
    return text.toString();
  }

  private void arrows(boolean fromEachStep) {
    if (fromEachStep) {
      columns(t -> unrolling.isGap(t) ? "" : "↑", PLAIN);
    } else {
      single("↑");
    }
  }

  /** From the first and the last step to the middle, each with the name of its state. */
  private void ends() {
    int first = (width - 1) / 2;
    int middle = (total() - 1) / 2;
    int last = first + unrolling.last() * (width + PLAIN.length());
    line(
        " ".repeat(first)
            + "┌"
            + named(unrolling.afterStep(0), middle - first - 1)
            + "┴"
            + named(unrolling.afterStep(unrolling.last()), last - middle - 1)
            + "┐");
  }

  private static String named(String words, int room) {
    String spaced = room < words.length() + 2 ? "" : " " + words + " ";
    int left = (room - spaced.length()) / 2;
    return "─".repeat(left) + spaced + "─".repeat(room - left - spaced.length());
  }

  /** What there is once, above the step or between the steps that it comes from. */
  private void single(String words) {
    switch (unrolling.fold()) {
      case FIRST_STEP -> columns(t -> t == 0 ? words : "", PLAIN);
      case NONE, LAST_STEP -> columns(t -> t == unrolling.last() ? words : "", PLAIN);
      case BOTH_ENDS, ALL_STEPS -> line(RolledPicture.centered(words, total()));
    }
  }

  private int total() {
    return unrolling.columns() * (width + PLAIN.length()) - PLAIN.length();
  }

  private static String link(LayerBox stage) {
    if (stage.direction() == null) {
      return PLAIN;
    }
    return switch (stage.direction()) {
      case FORWARD -> "─→ ";
      case REVERSE -> "←─ ";
      case BIDIRECTIONAL -> "←→ ";
    };
  }

  private void columns(IntFunction<String> cell, String link) {
    StringBuilder line = new StringBuilder();
    for (int t = 0; t < unrolling.columns(); t++) {
      line.append(RolledPicture.centered(cell.apply(t), width))
          .append(t == unrolling.last() ? "" : link);
    }
    line(line.toString());
  }

  private void line(String words) {
    text.append(words.stripTrailing()).append('\n');
  }
}
