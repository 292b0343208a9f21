package org.recur4j.api.tensor;

import java.util.Arrays;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * The number of valid steps of each batch row; padding follows them. Immutable. Past its length a
 * row's output is exactly 0 and its state is frozen; a row of length 0 keeps the initial state.
 */
public final class Lengths {
  private final int steps;
  private final int[] lengths;
  private final boolean full;
  private final long total;

  private Lengths(int steps, int[] lengths) {
    this.steps = steps;
    this.lengths = lengths;
    long sum = 0;
    boolean all = true;
    for (int row = 0; row < lengths.length; row++) {
      int length = lengths[row];
      if (length < 0 || length > steps) {
        throw new InvalidArgumentException(
            "Lengths",
            "length " + length + " for row " + row,
            "a length in [0, " + steps + "]",
            "Pad the batch to the longest row or correct the length");
      }
      sum += length;
      all &= length == steps;
    }
    this.total = sum;
    this.full = all;
  }

  /**
   * Returns lengths with one entry for each row.
   *
   * @param steps T, the padded number of time steps, at least 1
   * @param lengths the lengths, one per batch row, each in [0, steps]; at least one row
   * @return the lengths
   * @throws InvalidArgumentException if a length is out of range or there is no row
   */
  public static Lengths of(int steps, int... lengths) {
    if (steps < 1 || lengths.length == 0) {
      throw new InvalidArgumentException(
          "Lengths",
          steps + " steps, " + lengths.length + " rows",
          "at least one step and one row",
          "Skip empty batches");
    }
    return new Lengths(steps, lengths.clone());
  }

  /**
   * Returns lengths of T for every row.
   *
   * @param steps T, at least 1
   * @param batch B, at least 1
   * @return the lengths
   */
  public static Lengths full(int steps, int batch) {
    int[] lengths = new int[Math.max(batch, 0)];
    Arrays.fill(lengths, steps);
    return of(steps, lengths);
  }

  /**
   * Returns the padded number of time steps.
   *
   * @return T
   */
  public int steps() {
    return steps;
  }

  /**
   * Returns the number of rows.
   *
   * @return B
   */
  public int batch() {
    return lengths.length;
  }

  /**
   * Returns the number of valid steps of one row.
   *
   * @param row 0 … B − 1
   * @return the length, 0 … T
   */
  public int get(int row) {
    return lengths[row];
  }

  /**
   * Returns whether no row is padded.
   *
   * @return true if every length is T
   */
  public boolean isFull() {
    return full;
  }

  /**
   * Returns the number of valid steps of all rows.
   *
   * @return the sum of the lengths
   */
  public long total() {
    return total;
  }

  /**
   * Copies the lengths to an array.
   *
   * @param target an array of at least B entries; the first B are overwritten
   */
  public void copyTo(int[] target) {
    System.arraycopy(lengths, 0, target, 0, lengths.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Lengths that
        && steps == that.steps
        && Arrays.equals(lengths, that.lengths);
  }

  @Override
  public int hashCode() {
    return 31 * steps + Arrays.hashCode(lengths);
  }

  @Override
  public String toString() {
    return Arrays.toString(lengths) + " of " + steps;
  }
}
