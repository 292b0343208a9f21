package org.recur4j.backend.nd4j.sequence;

import org.recur4j.backend.nd4j.natives.View;

/**
 * Some columns of a native matrix whose rows are features and whose columns are batch rows: what
 * one time step sees of the whole sequence. Rows lie {@code stride} apart. One instance serves one
 * thread and is pointed anew for each step.
 */
final class Columns {
  private View matrix;
  private int start;
  private int stride;

  /** Points to the columns from element {@code start} on. */
  void of(View matrix, int start, int stride) {
    this.matrix = matrix;
    this.start = start;
    this.stride = stride;
  }

  int stride() {
    return stride;
  }

  long address(int row) {
    return matrix.address(start + row * stride);
  }

  /** Copies {@code rows} rows of {@code count} columns, packed. */
  void get(int row, int rows, int count, float[] to) {
    int at = start + row * stride;
    if (stride == count) {
      matrix.get(at, to, 0, rows * count);
      return;
    }
    for (int i = 0; i < rows; i++) {
      matrix.get(at + i * stride, to, i * count, count);
    }
  }

  void put(int row, int rows, int count, float[] from) {
    int at = start + row * stride;
    if (stride == count) {
      matrix.put(at, from, 0, rows * count);
      return;
    }
    for (int i = 0; i < rows; i++) {
      matrix.put(at + i * stride, from, i * count, count);
    }
  }
}
