package org.recur4j.models.series;

/**
 * A piece of a series with what is to be said about it; arrays are shared with the series. {@code
 * Example.valued(input, target)} is one to learn from, {@code Example.valued(input, flatTarget())}
 * where one answer holds the whole horizon.
 *
 * @param start the step of the series at which the input begins
 * @param input {@code [L][F]}
 * @param target {@code [H][C]}: the steps that follow, or of an aligned window one for each step of
 *     the input
 */
public record Window(int start, float[][] input, float[][] target) {
  /**
   * The target as one vector, for a network that says the whole horizon at once.
   *
   * @return {@code [H · C]}, step after step
   */
  public float[] flatTarget() {
    int size = target[0].length;
    float[] flat = new float[target.length * size];
    for (int t = 0; t < target.length; t++) {
      System.arraycopy(target[t], 0, flat, t * size, size);
    }
    return flat;
  }
}
