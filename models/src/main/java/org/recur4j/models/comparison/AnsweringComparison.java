package org.recur4j.models.comparison;

import java.util.List;

/**
 * The same calls on several backends.
 *
 * @param courses one a backend, in the order in which they took turns
 * @param confidence of intervals, in (0, 1)
 */
public record AnsweringComparison(List<AnsweringCourse> courses, double confidence) {
  /** Copies the list. */
  public AnsweringComparison {
    courses = List.copyOf(courses);
  }

  /**
   * Every other backend's time of a call beside that of the one that beats the most others.
   *
   * @return none for a single backend; the fastest one's name is always first
   */
  public List<Contrast> contrasts() {
    return Ranking.contrasts(
        courses.stream().map(course -> course.backend().name()).toList(),
        courses.stream().map(AnsweringCourse::calls).toList(),
        confidence);
  }
}
