package org.recur4j.models.training.schedule;

import java.util.function.ToDoubleFunction;
import org.recur4j.models.training.report.Evaluation;

/**
 * Which of two epochs is better: the one with the lower validation loss, or what else counts.
 *
 * @param name for a person, and for the checkpoint; unique among the criteria of a program
 * @param value of one evaluation; called once an epoch. NaN is never better
 * @param higher whether higher values are better
 */
public record Criterion(String name, ToDoubleFunction<Evaluation> value, boolean higher) {
  /**
   * The lower validation loss is better.
   *
   * @return the criterion
   */
  public static Criterion loss() {
    return lowest("validation loss", Evaluation::loss);
  }

  /**
   * The higher validation accuracy is better; of networks that answer with classes.
   *
   * @return the criterion
   */
  public static Criterion accuracy() {
    return highest("validation accuracy", Evaluation::accuracy);
  }

  /**
   * Lower is better.
   *
   * @param name for a person
   * @param value of one evaluation, or of something else that the caller measures then
   * @return the criterion
   */
  public static Criterion lowest(String name, ToDoubleFunction<Evaluation> value) {
    return new Criterion(name, value, false);
  }

  /**
   * Higher is better.
   *
   * @param name for a person
   * @param value of one evaluation, or of something else that the caller measures then
   * @return the criterion
   */
  public static Criterion highest(String name, ToDoubleFunction<Evaluation> value) {
    return new Criterion(name, value, true);
  }

  /**
   * Returns the value that every number is better than.
   *
   * @return an infinity
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
