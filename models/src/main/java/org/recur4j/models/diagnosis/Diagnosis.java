package org.recur4j.models.diagnosis;

import java.util.List;
import java.util.Locale;
import org.recur4j.api.recurrent.CellKind;

/**
 * The verdict on whether gradients vanish or explode during backpropagation through time (S.
 * Hochreiter, "Untersuchungen zu dynamischen neuronalen Netzen", 1991; Y. Bengio, P. Simard, P.
 * Frasconi, "Learning long-term dependencies with gradient descent is difficult", 1994).
 *
 * @param kind verdict
 * @param reason human-readable reason with figures
 * @param remedies applicable remedies, most promising first; empty for a healthy gradient
 */
public record Diagnosis(Kind kind, String reason, List<Remedy> remedies) {
  /** The largest factor by which a healthy gradient may change over a whole sequence. */
  public static final double TOLERATED = 100;

  /** The verdicts. */
  public enum Kind {
    /** The gradient of the first step is much smaller than that of the last one. */
    VANISHING,
    /** The gradient grows or shrinks by at most {@link Diagnosis#TOLERATED}. */
    HEALTHY,
    /** The gradient of the first step is much larger than that of the last one. */
    EXPLODING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Creates a diagnosis with a copy of the list. */
  public Diagnosis {
    remedies = List.copyOf(remedies);
  }

  static Diagnosis of(Decay decay, int steps, CellKind cell) {
    Kind kind = kind(decay);
    String truncated =
        decay.span() < steps
            ? String.format(
                Locale.ROOT,
                "; truncated there, so that %d steps receive no gradient",
                steps - decay.span())
            : "";
    return new Diagnosis(kind, reason(decay) + truncated, Remedy.against(kind, cell));
  }

  private static Kind kind(Decay decay) {
    // NaN means that there are too few nonzero norms to fit a slope.
    if (Double.isNaN(decay.overall()) || decay.overall() < 1 / TOLERATED) {
      return Kind.VANISHING;
    }
    return decay.overall() > TOLERATED ? Kind.EXPLODING : Kind.HEALTHY;
  }

  private static String reason(Decay decay) {
    if (Double.isNaN(decay.perStep())) {
      return "no gradient is propagated back through time";
    }
    if (Double.isInfinite(decay.perStep())) {
      return "the gradient overflows within " + decay.span() + " steps";
    }
    String horizon =
        decay.horizonPercent() < 0
            ? "; never below 1 % of the last step's"
            : "; below 1 % of the last step's after " + decay.horizonPercent() + " steps";
    return String.format(
            Locale.ROOT,
            "× %.3f per step, × %.1e over %d steps",
            decay.perStep(),
            decay.overall(),
            decay.span())
        + horizon;
  }
}
