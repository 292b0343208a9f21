package org.recur4j.models.comparison;

import java.util.Comparator;
import java.util.List;

/**
 * The same training on several backends.
 *
 * @param courses one a backend, in the order in which they took turns
 * @param confidence of intervals, in (0, 1)
 * @param <R> what a training gives
 */
public record TrainingComparison<R>(List<TrainingCourse<R>> courses, double confidence) {
  /** Copies the list. */
  public TrainingComparison {
    courses = List.copyOf(courses);
  }

  /**
   * Every other backend's time of a step beside that of the one that beats the most others.
   *
   * @return none for a single backend; the fastest one's name is always first
   */
  public List<Contrast> contrasts() {
    return Ranking.contrasts(
        courses.stream().map(course -> course.backend().name()).toList(),
        courses.stream().map(TrainingCourse::steps).toList(),
        confidence);
  }

  /**
   * How far the backends' losses came apart.
   *
   * @return the largest difference of two losses of one step, relative to the larger; 0 for a
   *     single backend
   */
  public double largestLossDifference() {
    int common =
        courses.stream()
            .map(TrainingCourse::losses)
            .min(Comparator.comparingInt(losses -> losses.length))
            .orElse(new double[0])
            .length;
    double largest = 0;
    for (int step = 0; step < common; step++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (TrainingCourse<R> course : courses) {
        low = Math.min(low, course.losses()[step]);
        high = Math.max(high, course.losses()[step]);
      }
      double scale = Math.max(Math.abs(low), Math.abs(high));
      largest = Math.max(largest, scale > 0 ? (high - low) / scale : 0);
    }
    return largest;
  }
}
