package org.recur4j.models.diagnosis;

import java.util.List;
import java.util.Locale;
import org.recur4j.api.recurrent.CellKind;

/**
 * Whether a gradient survives its way back through time (S. Hochreiter, "Untersuchungen zu
 * dynamischen neuronalen Netzen", 1991; Y. Bengio, P. Simard, P. Frasconi, "Learning long-term
 * dependencies with gradient descent is difficult", 1994).
 *
 * @param kind the verdict
 * @param reason in numbers, for a person
 * @param remedies that apply, the likeliest first; none where nothing ails
 */
public record Diagnosis(Kind kind, String reason, List<Remedy> remedies) {
  /** A gradient is well while it changes by no more than this factor over a whole sequence. */
  public static final double TOLERATED = 100;

  /** The verdicts. */
  public enum Kind {
    /** The first step learns next to nothing from the last answer. */
    VANISHING,
    /** The gradient changes by less than {@link Diagnosis#TOLERATED} either way. */
    HEALTHY,
    /** The first step's gradient dwarfs the last one's. */
    EXPLODING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the list. */
  public Diagnosis {
    remedies = List.copyOf(remedies);
  }

  static Diagnosis of(Decay decay, int steps, CellKind cell) {
    Kind kind = kind(decay);
    String truncated =
        decay.span() < steps
            ? String.format(
                Locale.ROOT,
                "; cut off there, so that %d steps learn nothing",
                steps - decay.span())
            : "";
    return new Diagnosis(kind, reason(decay) + truncated, Remedy.against(kind, cell));
  }

  private static Kind kind(Decay decay) {
    // No slope at all means that hardly anything came back.
    if (Double.isNaN(decay.overall()) || decay.overall() < 1 / TOLERATED) {
      return Kind.VANISHING;
    }
    return decay.overall() > TOLERATED ? Kind.EXPLODING : Kind.HEALTHY;
  }

  private static String reason(Decay decay) {
    if (Double.isNaN(decay.perStep())) {
      return "no gradient comes back through time";
    }
    if (Double.isInfinite(decay.perStep())) {
      return "the gradient leaves the range of its numbers within " + decay.span() + " steps";
    }
    String horizon =
        decay.horizonPercent() < 0
            ? "; never below 1 % of the last step's"
            : "; below 1 % of the last step's after " + decay.horizonPercent() + " steps";
    return String.format(
            Locale.ROOT,
            "× %.3f a step, × %.1e over %d steps",
            decay.perStep(),
            decay.overall(),
            decay.span())
        + horizon;
  }
}
