package org.recur4j.backend.nd4j.sequence;

import java.util.Arrays;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.backend.nd4j.natives.View;

/**
 * A ragged batch without padding: rows are sorted by length, longest first (in their original order
 * among equals), and for each time the rows present are stored contiguously.
 *
 * <pre>
 * length 4  a a a a              time   0       1       2     3
 * length 3  b b b .      gives   rows   a b c   a b c   a b   a      order a b c
 * length 2  c c . .              offset 0       3       6     8      9 in all
 * </pre>
 *
 * At every time, the rows present are a prefix of the order, in both directions: the reverse
 * direction processes the same columns from the last to the first, and rows are added rather than
 * removed. Products over the whole sequence therefore have no padding to skip, and values past a
 * length are never read.
 */
final class PackedBatch {
  private final int[] lengths;
  private final int[] order;
  private final int[] counts;
  private final int[] offsets;
  private int steps;
  private int batch;
  private int longest;
  private boolean full;

  PackedBatch(int maxSteps, int maxBatch) {
    this.lengths = new int[maxBatch];
    this.order = new int[maxBatch];
    this.counts = new int[maxSteps + 1];
    this.offsets = new int[maxSteps + 1];
  }

  /** Sets the batch; {@code given} is null if every row has every step. */
  void of(int newSteps, int newBatch, Lengths given) {
    steps = newSteps;
    batch = newBatch;
    full = given == null || given.isFull();
    if (given == null) {
      Arrays.fill(lengths, 0, batch, steps);
    } else {
      given.copyTo(lengths);
    }
    Arrays.fill(counts, 0, steps + 1, 0);
    longest = 0;
    for (int b = 0; b < batch; b++) {
      longest = Math.max(longest, lengths[b]);
      counts[lengths[b]]++;
    }
    // Converts the number of rows that end at t to the number of longer rows, and computes the
    // first position of each length.
    int longer = 0;
    for (int t = steps; t >= 0; t--) {
      int ending = counts[t];
      counts[t] = longer;
      offsets[t] = longer;
      longer += ending;
    }
    for (int b = 0; b < batch; b++) {
      order[offsets[lengths[b]]++] = b;
    }
    int total = 0;
    for (int t = 0; t <= steps; t++) {
      offsets[t] = total;
      total += counts[t];
    }
  }

  int steps() {
    return steps;
  }

  int batch() {
    return batch;
  }

  /** Returns the longest length; 0 if there are no steps. */
  int longest() {
    return longest;
  }

  boolean isFull() {
    return full;
  }

  /** Returns the total number of rows over all times. */
  int total() {
    return offsets[longest];
  }

  /** Returns the number of rows longer than {@code time}. */
  int count(int time) {
    return counts[time];
  }

  /** Returns the packed position of the first row of a time. */
  int offset(int time) {
    return offsets[time];
  }

  /** Returns the batch row at a position of the order. */
  int row(int position) {
    return order[position];
  }

  int length(int row) {
    return lengths[row];
  }

  /** Packs x [T, B, width] without the values past the lengths. */
  void gather(View x, int width, View packed) {
    for (int t = 0; t < longest; t++) {
      for (int i = 0; i < counts[t]; i++) {
        packed.put((offsets[t] + i) * width, x, (t * batch + order[i]) * width, width);
      }
    }
  }

  /** Unpacks to x and sets the values past the lengths to 0. */
  void scatter(View packed, int width, View x, float[] zeros) {
    for (int t = 0; t < longest; t++) {
      for (int i = 0; i < counts[t]; i++) {
        x.put((t * batch + order[i]) * width, packed, (offsets[t] + i) * width, width);
      }
    }
    clearPadding(x, width, zeros);
  }

  /** Sets the values past the lengths to 0; {@code zeros} has at least {@code width} elements. */
  void clearPadding(View x, int width, float[] zeros) {
    for (int b = 0; b < batch && !full; b++) {
      for (int t = lengths[b]; t < steps; t++) {
        x.put((t * batch + b) * width, zeros, 0, width);
      }
    }
  }
}
