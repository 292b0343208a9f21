package org.recur4j.models.network;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.Lengths;

/**
 * Sequences of any lengths in any order, laid out time-major and padded on the right. Nobody sorts,
 * packs or unpacks.
 */
public final class SequenceBatch {
  private final Lengths lengths;
  private final int features;
  private final int[] indices;
  private final float[] values;

  private SequenceBatch(Lengths lengths, int features, int[] indices, float[] values) {
    this.lengths = lengths;
    this.features = features;
    this.indices = indices;
    this.values = values;
  }

  /**
   * Sequences of indices; padding is −1.
   *
   * @param sequences at least one; a sequence may be empty
   * @return {@code [T, B]}
   */
  public static SequenceBatch ofIndices(List<int[]> sequences) {
    Lengths lengths = lengths(sequences.stream().mapToInt(s -> s.length).toArray());
    int batch = sequences.size();
    int[] indices = new int[lengths.steps() * batch];
    Arrays.fill(indices, -1);
    for (int row = 0; row < batch; row++) {
      int[] sequence = sequences.get(row);
      for (int t = 0; t < sequence.length; t++) {
        indices[t * batch + row] = sequence[t];
      }
    }
    return new SequenceBatch(lengths, 0, indices, new float[0]);
  }

  /**
   * Sequences of vectors; padding is 0.
   *
   * @param sequences at least one, {@code [T][F]} each; all vectors of one size, all numbers finite
   * @return {@code [T, B, F]}
   */
  public static SequenceBatch ofFeatures(List<float[][]> sequences) {
    Lengths lengths = lengths(sequences.stream().mapToInt(s -> s.length).toArray());
    int features =
        sequences.stream().filter(s -> s.length > 0).findFirst().map(s -> s[0].length).orElse(0);
    if (features == 0) {
      throw new InvalidArgumentException(
          "SequenceBatch", "no features at all", "vectors of one size", "Leave empty batches out");
    }
    int batch = sequences.size();
    float[] values = new float[lengths.steps() * batch * features];
    for (int row = 0; row < batch; row++) {
      float[][] sequence = sequences.get(row);
      for (int t = 0; t < sequence.length; t++) {
        check(sequence[t], features, row, t);
        System.arraycopy(sequence[t], 0, values, (t * batch + row) * features, features);
      }
    }
    return new SequenceBatch(lengths, features, new int[0], values);
  }

  private static void check(float[] vector, int features, int row, int t) {
    if (vector.length != features) {
      throw new InvalidArgumentException(
          "SequenceBatch",
          vector.length + " features at step " + t + " of sequence " + row,
          features + ", as the first vector has",
          "Give every step the same features");
    }
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        throw new InvalidArgumentException(
            "SequenceBatch",
            value + " at step " + t + " of sequence " + row,
            "finite numbers",
            "Remove or replace what is missing before training");
      }
    }
  }

  private static Lengths lengths(int[] each) {
    if (each.length == 0) {
      throw new InvalidArgumentException(
          "SequenceBatch", "no sequence", "at least one", "Leave empty batches out");
    }
    return Lengths.of(Math.max(1, Arrays.stream(each).max().orElse(1)), each);
  }

  /**
   * Real steps of each row.
   *
   * @return the lengths; T is the longest row's
   */
  public Lengths lengths() {
    return lengths;
  }

  /**
   * Number of sequences.
   *
   * @return B
   */
  public int size() {
    return lengths.batch();
  }

  /**
   * Size of one step's vector.
   *
   * @return F, or 0 for indices
   */
  public int features() {
    return features;
  }

  int[] indices() {
    return indices;
  }

  float[] values() {
    return values;
  }
}
