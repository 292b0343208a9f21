package org.recur4j.models.parity;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.reference.AllowedError;
import org.recur4j.api.tensor.DataType;

/**
 * The largest allowed difference from the reference: every element must be within {@code bound ·
 * max(unit, largest reference value of the tensor)}. In the forward pass, the unit is 1. In the
 * backward pass, it is the largest gradient of the loss with respect to the model's output, because
 * all gradients are proportional to it and the mean over a large batch makes them small, including
 * wrong ones.
 *
 * @param forward bound for the forward pass
 * @param backward bound for gradients
 */
public record Tolerance(double forward, double backward) {
  /** Validates that both bounds are finite numbers above 0. */
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
   * Returns the bounds of the conformance kit, which it applies to sequences of up to 17 steps.
   * Rounding errors grow with the number of steps, so a long sequence may exceed them on a correct
   * backend.
   *
   * @param type a floating type
   * @return the bounds of {@link AllowedError}
   */
  public static Tolerance of(DataType type) {
    return new Tolerance(AllowedError.forward(type), AllowedError.gradient(type));
  }

  /**
   * Returns the bound for one half of a training step.
   *
   * @param stage half of the training step
   * @return a number above 0
   */
  public double of(ParityPhase stage) {
    return stage == ParityPhase.FORWARD ? forward : backward;
  }
}
