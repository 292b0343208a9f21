package org.recur4j.models.metric;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A metric of a network's predictions, in addition to the loss. A custom metric is a class that
 * implements this interface; it keeps its counts in a {@link Tally}, so that one metric can be used
 * by several evaluations.
 */
public interface Metric {
  /**
   * Returns the name of the metric in reports.
   *
   * @return the name, unique among the metrics of a trainer
   */
  String name();

  /**
   * Begins an evaluation.
   *
   * @return an empty tally
   */
  Tally begin();

  /** The running counts of one evaluation. Not thread-safe. */
  interface Tally {
    /**
     * Adds the predictions of one batch.
     *
     * @param batch the outputs and targets
     * @throws org.recur4j.api.error.InvalidArgumentException if the metric is for another kind of
     *     output
     */
    void add(EvaluationBatch batch);

    /**
     * Returns the metric over all batches so far.
     *
     * @return the value; NaN if it is undefined, such as without predictions
     */
    double value();
  }

  /**
   * Returns the accuracy, the fraction of correct classes.
   *
   * @return the metric {@code "accuracy"}
   */
  static Metric accuracy() {
    return ofClasses("accuracy", ConfusionMatrix::accuracy);
  }

  /**
   * Returns the macro F1, the unweighted mean of the classes' F1.
   *
   * @return the metric {@code "macro F1"}
   */
  static Metric macroF1() {
    return ofClasses("macro F1", ConfusionMatrix::macroF1);
  }

  /**
   * Returns a metric computed from the confusion matrix.
   *
   * @param name the name of the metric in reports
   * @param value the value of the metric, e.g. {@code matrix -> matrix.recall(1)}; not called
   *     without predictions, for which the metric is NaN
   * @return the metric
   */
  static Metric ofClasses(String name, ToDoubleFunction<ConfusionMatrix> value) {
    return new Named(
        name,
        () ->
            new Tally() {
              private ConfusionMatrix counts;

              @Override
              public void add(EvaluationBatch batch) {
                for (int row = 0; row < batch.rows(); row++) {
                  if (batch.counts(row)) {
                    counts = counts == null ? numbered(batch.columns()) : counts;
                    counts.add(batch.expectedClass(row), batch.predictedClass(row));
                  }
                }
              }

              @Override
              public double value() {
                return counts == null ? Double.NaN : value.applyAsDouble(counts);
              }
            });
  }

  private static ConfusionMatrix numbered(int classes) {
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return new ConfusionMatrix(names);
  }

  /**
   * Returns the mean absolute error of values, in their unit.
   *
   * @return the metric {@code "mean absolute error"}
   */
  static Metric meanAbsoluteError() {
    return new Named(
        "mean absolute error",
        () ->
            new Tally() {
              private final RegressionErrors errors = new RegressionErrors();

              @Override
              public void add(EvaluationBatch batch) {
                for (int row = 0; row < batch.rows(); row++) {
                  for (int c = 0; c < batch.columns() && batch.counts(row); c++) {
                    errors.add(batch.expectedValue(row, c), batch.output(row, c));
                  }
                }
              }

              @Override
              public double value() {
                return errors.meanAbsolute();
              }
            });
  }
}
