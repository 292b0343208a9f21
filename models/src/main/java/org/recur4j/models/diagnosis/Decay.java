package org.recur4j.models.diagnosis;

/**
 * The rate at which the norm of a gradient changes during backpropagation through time, estimated
 * from the norms.
 *
 * @param perStep factor per step: e to the slope of the least-squares line through the logarithms
 *     of the norms; NaN with fewer than two norms above 0; infinite if a norm is not finite
 * @param overall perStep to the power of the number of steps between the last and the first
 * @param span number of steps that the gradient was propagated over, including the last one; less
 *     than the sequence length if backpropagation was truncated
 * @param horizonPercent steps back until the norm is first below 1 % of the last step's; −1 if it
 *     never is
 * @param horizonE steps back until the norm is first below 1/e of the last step's; −1 if it never
 *     is
 */
public record Decay(double perStep, double overall, int span, int horizonPercent, int horizonE) {
  private static final double PERCENT = 0.01;

  /** Smaller norms are ignored, because single precision has no digits left there. */
  private static final double SMALLEST = 1e-36;

  /**
   * Estimates the decay from norms.
   *
   * @param norms ‖∂L/∂h‖ by steps back from the last one, which is 0; finite or not
   * @param span number of leading norms that the gradient reached; the others are 0 by truncation
   * @return the decay
   */
  static Decay of(double[] norms, int span) {
    double n = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    boolean finite = true;
    for (int back = 0; back < span; back++) {
      finite &= Double.isFinite(norms[back]);
      if (norms[back] > SMALLEST && Double.isFinite(norms[back])) {
        double y = Math.log(norms[back]);
        n++;
        sumX += back;
        sumY += y;
        sumXx += (double) back * back;
        sumXy += back * y;
      }
    }
    double slope = (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
    double perStep = !finite ? Double.POSITIVE_INFINITY : n < 2 ? Double.NaN : Math.exp(slope);
    double overall = span < 2 ? 1 : Math.exp(Math.log(perStep) * (span - 1));
    return new Decay(
        perStep,
        overall,
        span,
        firstBelow(norms, norms.length == 0 ? 0 : PERCENT * norms[0]),
        firstBelow(norms, norms.length == 0 ? 0 : norms[0] / Math.E));
  }

  private static int firstBelow(double[] norms, double bound) {
    for (int back = 0; back < norms.length; back++) {
      if (norms[back] < bound) {
        return back;
      }
    }
    return -1;
  }
}
