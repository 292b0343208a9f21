package org.recur4j.models.diagnosis;

/**
 * How a gradient's norm changes on its way back through time, from the norms themselves.
 *
 * @param perStep the factor of one step: e to the slope of the least-squares line through the
 *     logarithms of the norms; NaN with fewer than two norms above 0; infinite where norms overflow
 * @param overall perStep to the power of the steps between the last and the first
 * @param span steps that the gradient was sent back over, the last one included; less than the
 *     sequence where backpropagation was truncated
 * @param horizonPercent steps back until the norm first is below 1 % of the last step's; −1 if it
 *     never is
 * @param horizonE steps back until it first is below 1/e of the last step's; −1 if it never is
 */
public record Decay(double perStep, double overall, int span, int horizonPercent, int horizonE) {
  private static final double PERCENT = 0.01;

  /** Below it single precision has run out of digits, and a line through the rest says nothing. */
  private static final double SMALLEST = 1e-36;

  /**
   * Measures.
   *
   * @param norms ‖∂L/∂h‖ by steps back from the last one, 0 first; finite or not
   * @param span how many of them the gradient was sent to; what is behind is 0 by truncation
   * @return the figures
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
