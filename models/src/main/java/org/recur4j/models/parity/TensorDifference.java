package org.recur4j.models.parity;

import java.util.Locale;

/**
 * How far one tensor is from the reference. A tensor that is computed several times (at every step
 * of a decoder, or of a cell without a plan) is one entry, with the largest of each number.
 *
 * <p>Relative differences and units in the last place are measured element by element, so they are
 * large where cancellation leaves little of a number. An element smaller than one unit in the last
 * place of its tensor's largest is measured as if it were that large: below there is only rounding.
 *
 * @param stage forward or backward
 * @param layer as in {@link PlanChoice#layer}
 * @param quantity which of its tensors
 * @param elements how many numbers were compared
 * @param scale largest magnitude of the reference
 * @param absolute largest difference; infinite where the backend's number is not finite
 * @param relative largest difference as a part of the element's magnitude
 * @param ulps largest difference in units in the last place of the element, in the type that the
 *     backend computed in
 * @param ulpsOfLargest largest difference in units in the last place of the tensor's largest
 *     element: large only where something is wrong
 * @param share largest difference as a part of what is allowed; up to 1 is within the tolerance
 * @param beyond how many elements are further away than allowed
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

  /** |got − reference|, infinite where only one of them is finite. */
  static double between(double got, double reference) {
    if (Double.compare(got, reference) == 0) {
      return 0;
    }
    double difference = Math.abs(got - reference);
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  /** The larger of each number. */
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
            + " largest), %.1f %% of what is allowed",
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
