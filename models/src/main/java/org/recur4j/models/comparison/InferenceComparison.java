package org.recur4j.models.comparison;

import java.util.List;

/**
 * A comparison of inference times on several backends.
 *
 * @param courses one element per backend, in the order of their turns
 * @param confidence confidence level of intervals, in (0, 1)
 */
public record InferenceComparison(List<InferenceTimes> courses, double confidence) {
  /** Creates a comparison with a copy of the list. */
  public InferenceComparison {
    courses = List.copyOf(courses);
  }

  /**
   * Compares the time per call of the fastest backend with that of every other one.
   *
   * @return one element per other backend, each with the fastest one's name first; empty for a
   *     single backend
   */
  public List<PairwiseRatio> contrasts() {
    return Ranking.contrasts(
        courses.stream().map(course -> course.backend().name()).toList(),
        courses.stream().map(InferenceTimes::calls).toList(),
        confidence);
  }
}
