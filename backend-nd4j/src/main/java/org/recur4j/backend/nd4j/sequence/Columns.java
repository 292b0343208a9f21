package org.recur4j.backend.nd4j.sequence;

import org.recur4j.backend.nd4j.natives.View;

/**
 * A range of columns of a native matrix with features as rows and batch rows as columns: the part
 * of a whole sequence's matrix that belongs to one time step. The row stride is {@code stride}. An
 * instance must be used by one thread and is set anew for each step.
 */
final class Columns {
  private View matrix;
  private int start;
  private int stride;

  /** Sets the columns that start at element {@code start}. */
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

  /** Copies {@code rows} rows of {@code count} columns to a packed array. */
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
