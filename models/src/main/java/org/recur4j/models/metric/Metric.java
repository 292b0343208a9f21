package org.recur4j.models.metric;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A number that tells how good a network's answers are, beside its loss. One of your own is a class
 * that implements this interface; it keeps what it counts in the {@link Tally} it begins, so that
 * one metric may serve several evaluations.
 */
public interface Metric {
  /**
   * What reports call it.
   *
   * @return a name, unique among the metrics of one training
   */
  String name();

  /**
   * Begins an evaluation.
   *
   * @return nothing counted yet
   */
  Tally begin();

  /** What one evaluation has counted; one thread at a time. */
  interface Tally {
    /**
     * Counts the answers of one batch.
     *
     * @param batch outputs and targets
     * @throws org.recur4j.api.error.InvalidArgumentException if the metric measures another kind of
     *     answer
     */
    void add(Predictions batch);

    /**
     * The metric over all batches so far.
     *
     * @return any number; NaN where it has no meaning, such as without answers
     */
    double value();
  }

  /**
   * Share of right classes.
   *
   * @return the metric {@code "accuracy"}
   */
  static Metric accuracy() {
    return ofClasses("accuracy", ConfusionMatrix::accuracy);
  }

  /**
   * Mean of the classes' F1, each class counting alike.
   *
   * @return the metric {@code "macro F1"}
   */
  static Metric macroF1() {
    return ofClasses("macro F1", ConfusionMatrix::macroF1);
  }

  /**
   * Whatever follows from the counts of right and given classes.
   *
   * @param name what reports call it
   * @param value of all counts, e.g. {@code matrix -> matrix.recall(1)}; not asked without answers,
   *     where the metric is NaN
   * @return the metric
   */
  static Metric ofClasses(String name, ToDoubleFunction<ConfusionMatrix> value) {
    return new Named(
        name,
        () ->
            new Tally() {
              private ConfusionMatrix counts;

              @Override
              public void add(Predictions batch) {
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
   * Mean absolute error of numbers, in their unit.
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
              public void add(Predictions batch) {
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
