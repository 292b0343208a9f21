package org.recur4j.examples.explain;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.models.architecture.Topology;

/**
 * A network over the steps of one sequence, as it is drawn and written.
 *
 * @param fold where a single answer comes from
 * @param stages the layers, first layer first
 * @param length steps of the sequence
 * @param shown names of the steps; of a long sequence its first steps, a gap and its last
 */
record Unrolling(SequenceFold fold, List<LayerBox> stages, int length, List<String> shown) {
  private static final int MOST_STEPS = 8;
  private static final int LONGEST_KIND = 11;

  static Unrolling of(Topology topology, List<LayerBox> stages, List<String> inputs) {
    return new Unrolling(
        SequenceFold.of(topology, stages, inputs.size()), stages, inputs.size(), shortened(inputs));
  }

  private static List<String> shortened(List<String> inputs) {
    if (inputs.size() <= MOST_STEPS) {
      return inputs;
    }
    List<String> some = new ArrayList<>(inputs.subList(0, MOST_STEPS - 2));
    some.add("…");
    some.add(inputs.get(inputs.size() - 1));
    return some;
  }

  int columns() {
    return shown.size();
  }

  int last() {
    return shown.size() - 1;
  }

  boolean isGap(int column) {
    return length > MOST_STEPS && column == MOST_STEPS - 2;
  }

  /** The step of a column that is no gap, from 1. */
  int step(int column) {
    return column == last() ? length : column + 1;
  }

  /** For a title. */
  String steps() {
    return length == 1 ? "1 step" : length + " steps";
  }

  /** What the state is that a direction ends with. */
  String afterStep(int column) {
    return "after step " + step(column);
  }

  /** Whether the stage stands where a sequence has just become one vector by its last states. */
  boolean readsLastStates(int stage) {
    return stage > 0
        && !stages.get(stage).perStep()
        && stages.get(stage - 1).perStep()
        && !stages.get(stage).isPooling();
  }

  /** The first words without the sizes, short enough for a box. */
  static String kind(LayerBox stage) {
    String plain = plain(stage);
    return plain.length() > LONGEST_KIND ? plain.substring(0, LONGEST_KIND - 1) + "…" : plain;
  }

  /** The same in full. */
  static String plain(LayerBox stage) {
    return stage
        .label()
        .replace("bidirectional ", "")
        .replace("reverse ", "")
        .replaceAll(",? [0-9].*", "");
  }
}
