package org.recur4j.backend.ejml.sequence;

/**
 * The arrays of one forward and backward call, with offsets: x and dx [T, B, I], y and dy [T, B,
 * D·H], states [D, B, H], mask [D, B, H]; null where not given. A pass has one instance, which each
 * call overwrites, so that a call allocates nothing.
 */
final class SequenceArrays {
  int steps;
  int batch;
  int directions;
  int inputSize;
  int hiddenSize;

  /** Whether the first direction runs in reverse; the second always does. */
  boolean reverse;

  /** The lengths of the rows, in the first {@link #batch} elements. */
  int[] lengths = new int[0];

  float[] x;
  int xOffset;
  float[] initialHidden;
  int initialHiddenOffset;
  float[] initialCell;
  int initialCellOffset;
  float[] mask;
  int maskOffset;
  float[] y;
  int yOffset;
  float[] lastHidden;
  int lastHiddenOffset;
  float[] lastCell;
  int lastCellOffset;

  float[] dy;
  int dyOffset;
  float[] dLastHidden;
  int dLastHiddenOffset;
  float[] dLastCell;
  int dLastCellOffset;
  float[] dx;
  int dxOffset;
  float[] dInitialHidden;
  int dInitialHiddenOffset;
  float[] dInitialCell;
  int dInitialCellOffset;

  /**
   * Returns the time index that scan step {@code s} of row {@code b} reads; the reverse direction
   * starts at the row's own end.
   */
  int time(int direction, int s, int b) {
    return direction == 1 || reverse ? lengths[b] - 1 - s : s;
  }

  int xRow(int time, int b) {
    return xOffset + (time * batch + b) * inputSize;
  }

  int dxRow(int time, int b) {
    return dxOffset + (time * batch + b) * inputSize;
  }

  /** Returns the start of a row of y or dy, without the array's own offset. */
  int outputRow(int direction, int time, int b) {
    return ((time * batch + b) * directions + direction) * hiddenSize;
  }

  /** Returns the start of a row of a state, without the array's own offset. */
  int stateRow(int direction, int b) {
    return (direction * batch + b) * hiddenSize;
  }
}
