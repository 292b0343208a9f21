package org.recur4j.models.data;

import java.util.Locale;

/**
 * The number of real and of computed steps in batches of sequences of different lengths.
 *
 * @param real number of steps of the sequences
 * @param padded number of steps after padding to the longest sequence of each batch, at least
 *     {@code real}
 */
public record Padding(long real, long padded) {
  /** The padding of no batches. */
  public static final Padding NONE = new Padding(0, 0);

  /**
   * Returns the padding of one batch.
   *
   * @param lengths the lengths of the sequences
   * @return the batch's padding
   */
  public static Padding of(int... lengths) {
    long real = 0;
    int longest = 0;
    for (int length : lengths) {
      real += length;
      longest = Math.max(longest, length);
    }
    return new Padding(real, (long) longest * lengths.length);
  }

  /**
   * Returns the sum of this and another padding.
   *
   * @param more the padding of more batches
   * @return the sum
   */
  public Padding plus(Padding more) {
    return new Padding(real + more.real, padded + more.padded);
  }

  /**
   * Returns the share of the computed steps that are padding.
   *
   * @return in [0, 1]; 0 without steps
   */
  public double share() {
    return padded == 0 ? 0 : 1 - (double) real / padded;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d of %d steps (%.1f %%) are padding", padded - real, padded, 100 * share());
  }
}
