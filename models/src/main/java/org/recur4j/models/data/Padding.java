package org.recur4j.models.data;

import java.util.Locale;

/**
 * What it costs to lay sequences of different lengths side by side: steps that are computed and
 * steps that say something.
 *
 * @param real steps of the sequences
 * @param padded steps of the batches that hold them, filled up to the longest, at least as many
 */
public record Padding(long real, long padded) {
  /** Nothing yet. */
  public static final Padding NONE = new Padding(0, 0);

  /**
   * Sequences in one batch.
   *
   * @param lengths of the sequences
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
   * This and more batches.
   *
   * @param more what they cost
   * @return the sum
   */
  public Padding plus(Padding more) {
    return new Padding(real + more.real, padded + more.padded);
  }

  /**
   * Which part of the computed steps says nothing.
   *
   * @return in [0, 1]; 0 where there is nothing
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
