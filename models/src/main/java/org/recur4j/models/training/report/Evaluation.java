package org.recur4j.models.training.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of the evaluation of a model on examples.
 *
 * @param loss the mean loss over the targets that count; NaN if none counts
 * @param accuracy the fraction of correct classes, in [0, 1]; NaN for values and labels, and if no
 *     target counts
 * @param answers the number of targets that count
 * @param metrics the values of the trainer's metrics by name
 */
public record Evaluation(double loss, double accuracy, long answers, Map<String, Double> metrics) {
  /** Copies the metrics in their order. */
  public Evaluation {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * Creates an evaluation without metrics.
   *
   * @param loss the mean loss over the targets that count; NaN if none counts
   * @param accuracy the fraction of correct classes, in [0, 1]; NaN for values and labels, and if
   *     no target counts
   * @param answers the number of targets that count
   */
  public Evaluation(double loss, double accuracy, long answers) {
    this(loss, accuracy, answers, Map.of());
  }
}
