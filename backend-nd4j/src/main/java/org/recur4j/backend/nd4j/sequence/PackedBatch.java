package org.recur4j.backend.nd4j.sequence;

import java.util.Arrays;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.backend.nd4j.natives.View;

/**
 * A ragged batch without its padding: rows sorted by length, longest first (equal ones in their own
 * order), and for each time the rows that are still there, one behind the other.
 *
 * <pre>
 * length 4  a a a a              time   0       1       2     3
 * length 3  b b b .      gives   rows   a b c   a b c   a b   a      order a b c
 * length 2  c c . .              offset 0       3       6     8      9 in all
 * </pre>
 *
 * At every time the rows present are a prefix of the order, in both directions: the reverse one
 * walks the same columns from the last to the first, and rows join it instead of leaving. Products
 * over the whole sequence so have no padding to skip, and nothing beyond a length is ever read.
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

  /** {@code given} null means that every row has every step. */
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
    // From "how many end at t" to "how many are longer than t"; on the way, each length's place.
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

  /** The longest length; 0 if nothing is to be done. */
  int longest() {
    return longest;
  }

  boolean isFull() {
    return full;
  }

  /** Rows at all times together. */
  int total() {
    return offsets[longest];
  }

  /** Rows longer than {@code time}. */
  int count(int time) {
    return counts[time];
  }

  /** The packed position of the first row of a time. */
  int offset(int time) {
    return offsets[time];
  }

  /** The batch row at a position of the order. */
  int row(int position) {
    return order[position];
  }

  int length(int row) {
    return lengths[row];
  }

  /** Packs x [T, B, width] without what lies beyond the lengths. */
  void gather(View x, int width, View packed) {
    for (int t = 0; t < longest; t++) {
      for (int i = 0; i < counts[t]; i++) {
        packed.put((offsets[t] + i) * width, x, (t * batch + order[i]) * width, width);
      }
    }
  }

  /** The way back; what lies beyond a length becomes 0. */
  void scatter(View packed, int width, View x, float[] zeros) {
    for (int t = 0; t < longest; t++) {
      for (int i = 0; i < counts[t]; i++) {
        x.put((t * batch + order[i]) * width, packed, (offsets[t] + i) * width, width);
      }
    }
    clearPadding(x, width, zeros);
  }

  /** Zeros beyond each row's length; {@code zeros} holds at least {@code width}. */
  void clearPadding(View x, int width, float[] zeros) {
    for (int b = 0; b < batch && !full; b++) {
      for (int t = lengths[b]; t < steps; t++) {
        x.put((t * batch + b) * width, zeros, 0, width);
      }
    }
  }
}
