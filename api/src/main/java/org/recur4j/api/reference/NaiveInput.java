package org.recur4j.api.reference;

/**
 * The input of {@link NaiveRecurrence}. Arrays are row-major and not copied.
 *
 * @param steps T
 * @param batch B
 * @param x {@code [T, B, I]}; entries past a row's length are not read
 * @param lengths {@code [B]}, or null for all T
 * @param initialHidden {@code [D, B, H]}, or null for zeros
 * @param initialCell {@code [D, B, H]}, or null for zeros; LSTM only
 * @param hiddenMask {@code [D, B, H]}, or null for no mask
 */
public record NaiveInput(
    int steps,
    int batch,
    double[] x,
    int[] lengths,
    double[] initialHidden,
    double[] initialCell,
    double[] hiddenMask) {
  /**
   * Creates an input of full sequences with a zero initial state and no mask.
   *
   * @param steps T
   * @param batch B
   * @param x {@code [T, B, I]}
   */
  public NaiveInput(int steps, int batch, double[] x) {
    this(steps, batch, x, null, null, null, null);
  }

  /**
   * Returns the number of valid steps of a row.
   *
   * @param row 0 … B − 1
   * @return the length, 0 … T
   */
  public int length(int row) {
    return lengths == null ? steps : lengths[row];
  }
}
