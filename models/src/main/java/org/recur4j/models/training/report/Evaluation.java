package org.recur4j.models.training.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a network does on examples it does not learn from.
 *
 * @param loss mean over the answers that count; NaN where none does
 * @param accuracy share of right classes, in [0, 1]; NaN for values and labels, and where no answer
 *     counts
 * @param answers how many counted
 * @param metrics what the trainer's metrics came to, by their names
 */
public record Evaluation(double loss, double accuracy, long answers, Map<String, Double> metrics) {
  /** Copies the metrics, in their order. */
  public Evaluation {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * Without metrics.
   *
   * @param loss mean over the answers that count; NaN where none does
   * @param accuracy share of right classes, in [0, 1]; NaN for values and labels, and where no
   *     answer counts
   * @param answers how many counted
   */
  public Evaluation(double loss, double accuracy, long answers) {
    this(loss, accuracy, answers, Map.of());
  }
}
