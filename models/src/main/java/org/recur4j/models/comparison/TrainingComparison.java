package org.recur4j.models.comparison;

import java.util.Comparator;
import java.util.List;

/**
 * A comparison of the same training on several backends.
 *
 * @param courses one element per backend, in the order of their turns
 * @param confidence confidence level of intervals, in (0, 1)
 * @param <R> result of a training
 */
public record TrainingComparison<R>(List<TrainingRecord<R>> courses, double confidence) {
  /** Creates a comparison with a copy of the list. */
  public TrainingComparison {
    courses = List.copyOf(courses);
  }

  /**
   * Compares the time per step of the fastest backend with that of every other one.
   *
   * @return one element per other backend, each with the fastest one's name first; empty for a
   *     single backend
   */
  public List<PairwiseRatio> contrasts() {
    return Ranking.contrasts(
        courses.stream().map(course -> course.backend().name()).toList(),
        courses.stream().map(TrainingRecord::steps).toList(),
        confidence);
  }

  /**
   * Returns the largest difference between the backends' losses.
   *
   * @return the maximum difference of two losses of the same step, relative to the larger; 0 for a
   *     single backend
   */
  public double largestLossDifference() {
    int common =
        courses.stream()
            .map(TrainingRecord::losses)
            .min(Comparator.comparingInt(losses -> losses.length))
            .orElse(new double[0])
            .length;
    double largest = 0;
    for (int step = 0; step < common; step++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (TrainingRecord<R> course : courses) {
        low = Math.min(low, course.losses()[step]);
        high = Math.max(high, course.losses()[step]);
      }
      double scale = Math.max(Math.abs(low), Math.abs(high));
      largest = Math.max(largest, scale > 0 ? (high - low) / scale : 0);
    }
    return largest;
  }
}
