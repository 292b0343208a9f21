package org.recur4j.models.series;

/**
 * A window of a series with its target; arrays are shared with the series. {@code
 * Example.valued(input, target)} makes an example of it, {@code Example.valued(input,
 * flatTarget())} one for a network that predicts the whole horizon at once.
 *
 * @param start the step of the series at which the input begins
 * @param input {@code [L][F]}
 * @param target {@code [H][C]}: the steps that follow; in an aligned window one step for each step
 *     of the input
 */
public record Window(int start, float[][] input, float[][] target) {
  /**
   * Returns the target as one vector, for a network that predicts the whole horizon at once.
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
