package org.recur4j.examples.comparison;

import java.util.List;
import org.recur4j.models.comparison.Contrast;

/**
 * Who is the fastest at something.
 *
 * @param measure at what
 * @param fastest the backend with the smallest median
 * @param contrasts it beside each other one
 */
public record Judgement(String measure, String fastest, List<Contrast> contrasts) {
  /** What is said where no backend is significantly the fastest. */
  public static final String UNDECIDED = "no significant difference";

  /** Copies the list. */
  public Judgement {
    contrasts = List.copyOf(contrasts);
  }

  static Judgement of(String measure, List<String> backends, List<Contrast> contrasts) {
    return new Judgement(
        measure, contrasts.isEmpty() ? backends.get(0) : contrasts.get(0).first(), contrasts);
  }

  /**
   * The backend that is significantly faster than every other.
   *
   * @return its name, or {@value #UNDECIDED}
   */
  public String winner() {
    return contrasts.stream().allMatch(c -> c.outcome() == Contrast.Outcome.FIRST)
        ? fastest
        : UNDECIDED;
  }

  /**
   * What may be said.
   *
   * @return one sentence for each other backend; that there is no other if so
   */
  public List<String> sentences() {
    return contrasts.isEmpty()
        ? List.of(measure + ": only " + fastest + " could be measured")
        : contrasts.stream().map(contrast -> measure + ": " + contrast).toList();
  }
}
