package org.recur4j.examples.comparison;

/**
 * Losses of a training.
 *
 * @param backend where
 * @param losses of every step, from the first
 */
public record Curve(String backend, double[] losses) {
  /** Points that a screen can show. */
  private static final int POINTS = 120;

  /** What goes into a picture: bands of neighboring steps. */
  record Band(double[] x, double[] middle, double[] low, double[] high) {}

  /** Means of blocks of steps, with the smallest and the largest loss of each. */
  Band band() {
    int width = Math.max(1, (losses.length + POINTS - 1) / POINTS);
    int count = (losses.length + width - 1) / width;
    Band band =
        new Band(new double[count], new double[count], new double[count], new double[count]);
    for (int i = 0; i < count; i++) {
      int from = i * width;
      int to = Math.min(losses.length, from + width);
      double sum = 0;
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int step = from; step < to; step++) {
        sum += losses[step];
        low = Math.min(low, losses[step]);
        high = Math.max(high, losses[step]);
      }
      band.x()[i] = to;
      band.middle()[i] = sum / (to - from);
      band.low()[i] = low;
      band.high()[i] = high;
    }
    return band;
  }
}
