package org.recur4j.models.parity;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.reference.AllowedError;
import org.recur4j.api.tensor.DataType;

/**
 * How far a tensor may be from the reference: every element within {@code bound · max(unit, largest
 * reference value of the tensor)}. Forward the unit is 1. Backward it is the largest gradient that
 * the loss hands to the model: gradients are proportional to it, and the mean over a large batch
 * makes all of them small, wrong ones too.
 *
 * @param forward bound of what is computed on the way to the loss
 * @param backward bound of gradients
 */
public record Tolerance(double forward, double backward) {
  /** Checks that both are numbers above 0. */
  public Tolerance {
    if (!(forward > 0 && backward > 0) || !Double.isFinite(forward) || !Double.isFinite(backward)) {
      throw new InvalidArgumentException(
          "Tolerance",
          forward + " forward, " + backward + " backward",
          "finite bounds above 0",
          "Use Tolerance.of(dataType) for the conformance kit's");
    }
  }

  /**
   * The bounds that the conformance kit holds every backend to. It does so on up to 17 steps;
   * rounding errors grow with the steps, so a long sequence may pass them on a backend that is
   * right.
   *
   * @param type a floating type
   * @return the numbers of {@link AllowedError}
   */
  public static Tolerance of(DataType type) {
    return new Tolerance(AllowedError.forward(type), AllowedError.gradient(type));
  }

  /**
   * The bound of one half of a training step.
   *
   * @param stage which half
   * @return above 0
   */
  public double of(ParityPhase stage) {
    return stage == ParityPhase.FORWARD ? forward : backward;
  }
}
