package org.recur4j.models.training.schedule;

import java.util.function.ToDoubleFunction;
import org.recur4j.models.training.report.Evaluation;

/**
 * A criterion that decides which of two epochs is better, by the validation loss or another value.
 *
 * @param name the name, for messages and checkpoints; unique among the criteria of a program
 * @param value the value of an evaluation, computed once per epoch; NaN is never better
 * @param higher whether higher values are better
 */
public record Criterion(String name, ToDoubleFunction<Evaluation> value, boolean higher) {
  /**
   * Returns the criterion by which a lower validation loss is better.
   *
   * @return the criterion
   */
  public static Criterion loss() {
    return lowest("validation loss", Evaluation::loss);
  }

  /**
   * Returns the criterion by which a higher validation accuracy is better; for classification only.
   *
   * @return the criterion
   */
  public static Criterion accuracy() {
    return highest("validation accuracy", Evaluation::accuracy);
  }

  /**
   * Returns a criterion by which lower values are better.
   *
   * @param name the name, for messages and checkpoints
   * @param value the value of an evaluation, or another value that the caller measures at that time
   * @return the criterion
   */
  public static Criterion lowest(String name, ToDoubleFunction<Evaluation> value) {
    return new Criterion(name, value, false);
  }

  /**
   * Returns a criterion by which higher values are better.
   *
   * @param name the name, for messages and checkpoints
   * @param value the value of an evaluation, or another value that the caller measures at that time
   * @return the criterion
   */
  public static Criterion highest(String name, ToDoubleFunction<Evaluation> value) {
    return new Criterion(name, value, true);
  }

  /**
   * Returns the worst possible value.
   *
   * @return positive or negative infinity
   */
  public double worst() {
    return higher ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /**
   * Compares two values; NaN is never better.
   *
   * @param now the newer value
   * @param before the older value
   * @return whether the newer value is better
   */
  public boolean isBetter(double now, double before) {
    return higher ? now > before : now < before;
  }
}
