package org.recur4j.models.parity;

import java.util.Locale;

/**
 * The difference of one tensor from the reference. A tensor that is computed several times (at
 * every step of a decoder, or of a cell without a plan) has one entry, with the maximum of each
 * figure.
 *
 * <p>Relative differences and units in the last place (ULP) are measured element by element, so
 * they are large where cancellation leaves few significant digits. An element smaller than one ULP
 * of its tensor's largest element is treated as if it had that magnitude, because below it there is
 * only rounding.
 *
 * @param stage half of the training step
 * @param layer name of the layer, as in {@link PlanChoice#layer}
 * @param quantity name of the tensor
 * @param elements number of elements compared
 * @param scale largest magnitude of the reference
 * @param absolute largest absolute difference; infinite if the backend's value is not finite
 * @param relative largest difference relative to the element's magnitude
 * @param ulps largest difference in ULP of the element, in the type of the backend's computation
 * @param ulpsOfLargest largest difference in ULP of the tensor's largest element; large only if
 *     something is wrong
 * @param share largest difference relative to the allowed difference; at most 1 within the
 *     tolerance
 * @param beyond number of elements beyond the tolerance
 */
public record TensorDifference(
    ParityPhase stage,
    String layer,
    String quantity,
    long elements,
    double scale,
    double absolute,
    double relative,
    double ulps,
    double ulpsOfLargest,
    double share,
    long beyond) {

  /** Returns |got − reference|, infinite if only one of them is finite. */
  static double between(double got, double reference) {
    if (Double.compare(got, reference) == 0) {
      return 0;
    }
    double difference = Math.abs(got - reference);
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  /** Returns the maximum of each figure. */
  TensorDifference and(TensorDifference other) {
    return new TensorDifference(
        stage,
        layer,
        quantity,
        elements + other.elements,
        Math.max(scale, other.scale),
        Math.max(absolute, other.absolute),
        Math.max(relative, other.relative),
        Math.max(ulps, other.ulps),
        Math.max(ulpsOfLargest, other.ulpsOfLargest),
        Math.max(share, other.share),
        beyond + other.beyond);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, %s, %s: absolute %.2e, relative %.2e, %.1f ULP (%.1f of the"
            + " largest), %.1f %% of the tolerance",
        stage.name().toLowerCase(Locale.ROOT),
        layer,
        quantity,
        absolute,
        relative,
        ulps,
        ulpsOfLargest,
        100 * share);
  }
}
