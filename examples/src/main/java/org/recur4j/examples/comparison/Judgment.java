package org.recur4j.examples.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.recur4j.models.comparison.PairwiseRatio;

/**
 * Who is the fastest at something.
 *
 * @param measure at what
 * @param fastest the backend that beats the most others
 * @param contrasts it beside each other one
 */
public record Judgment(String measure, String fastest, List<PairwiseRatio> contrasts) {
  /** What is said where no backend is significantly the fastest. */
  public static final String UNDECIDED = "no significant difference";

  /** Copies the list. */
  public Judgment {
    contrasts = List.copyOf(contrasts);
  }

  static Judgment of(String measure, List<String> backends, List<PairwiseRatio> contrasts) {
    return new Judgment(
        measure, contrasts.isEmpty() ? backends.get(0) : contrasts.get(0).first(), contrasts);
  }

  /**
   * The backend that is significantly faster than every other.
   *
   * @return its name, or {@value #UNDECIDED}
   */
  public String winner() {
    return contrasts.stream().allMatch(c -> c.outcome() == PairwiseRatio.Outcome.FIRST)
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

  /**
   * What to choose.
   *
   * @return a sentence; empty where there is no choice
   */
  Optional<String> recommendation() {
    if (contrasts.isEmpty()) {
      return Optional.empty();
    }
    String subject = measure.substring(0, 1).toUpperCase(Locale.ROOT) + measure.substring(1);
    return Optional.of(
        winner().equals(UNDECIDED)
            ? subject + ": no backend is significantly faster than all others; take either."
            : String.format(
                Locale.ROOT,
                "%s: take %s, %.2f times as fast as the next.",
                subject,
                winner(),
                lead().orElseThrow()));
  }

  /** How many times as fast as the next, e.g. "× 1.40"; empty where there is no other. */
  String factor() {
    OptionalDouble lead = lead();
    return lead.isPresent() ? String.format(Locale.ROOT, "× %.2f", lead.getAsDouble()) : "";
  }

  private OptionalDouble lead() {
    return contrasts.stream().mapToDouble(contrast -> 1 / contrast.ratio().value()).min();
  }
}
