package org.recur4j.api.reference;

/**
 * What {@link NaiveRecurrence} runs on. Arrays are row-major and not copied.
 *
 * @param steps T
 * @param batch B
 * @param x {@code [T, B, I]}; entries past a row's length are not read
 * @param lengths {@code [B]}, or null for all T
 * @param initialHidden {@code [D, B, H]}, or null for zeros
 * @param initialCell {@code [D, B, H]}, or null for zeros; LSTM only
 * @param hiddenMask {@code [D, B, H]}, or null for none
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
   * Full sequences from a zero state without a mask.
   *
   * @param steps T
   * @param batch B
   * @param x {@code [T, B, I]}
   */
  public NaiveInput(int steps, int batch, double[] x) {
    this(steps, batch, x, null, null, null, null);
  }

  /**
   * Real steps of a row.
   *
   * @param row 0 … B − 1
   * @return 0 … T
   */
  public int length(int row) {
    return lengths == null ? steps : lengths[row];
  }
}
