package org.recur4j.examples.explain;

import java.util.List;
import org.recur4j.models.architecture.Topology;

/** Where the one answer to a sequence comes from. */
enum SequenceFold {
  /** Nowhere: every step has an answer of its own. */
  NONE,
  /** The state after the last step: of a forward layer, or of a network without time. */
  LAST_STEP,
  /** The state after the first step, which a reverse layer reads last. */
  FIRST_STEP,
  /** Both of these: a bidirectional layer's two last states. */
  BOTH_ENDS,
  /** All steps, pooled. */
  ALL_STEPS;

  static SequenceFold of(Topology topology, List<LayerBox> stages, int steps) {
    if (topology.isAligned()) {
      return NONE;
    }
    SequenceFold fold = LAST_STEP;
    for (LayerBox stage : stages) {
      if (stage.isPooling()) {
        fold = ALL_STEPS;
      } else if (stage.isRecurrent()) {
        fold =
            switch (stage.direction()) {
              case FORWARD -> LAST_STEP;
              case REVERSE -> FIRST_STEP;
              case BIDIRECTIONAL -> steps == 1 ? LAST_STEP : BOTH_ENDS;
            };
      }
    }
    return fold;
  }
}
