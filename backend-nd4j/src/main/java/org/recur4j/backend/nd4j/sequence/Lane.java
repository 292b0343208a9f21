package org.recur4j.backend.nd4j.sequence;

import java.util.Arrays;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.backend.nd4j.natives.Blas;
import org.recur4j.backend.nd4j.natives.View;

/**
 * A group of hidden units of one direction, which one thread computes in a phase. Its heap arrays
 * are planes of [units][rows present], like the native matrices. The number of rows present changes
 * with time, and the planes are then repacked.
 */
class Lane {
  /**
   * The number of columns below which they are multiplied one by one, because a general product is
   * slower.
   */
  private static final int LEAST_COLUMNS = 8;

  private static final int TILE = 16;

  final Workspace space;
  final FusedCell cell;
  final PlaneLayout layout;
  final int direction;
  final int part;
  final int from;
  final int units;
  final int hiddenSize;
  final Columns gates = new Columns();
  final Columns left = new Columns();
  final Columns leftCandidate = new Columns();
  final Blas blas = new Blas();

  /** The mask, if there is one, for the rows of the last call of {@link #loadMask}. */
  final float[] maskPlane;

  private final float[] row;
  private final float[] transposed;
  private int maskRows;

  Lane(Workspace space, int direction, int part) {
    this.space = space;
    this.layout = space.layout;
    this.cell = layout.cell();
    this.direction = direction;
    this.part = part;
    this.from = space.cut.from(part);
    this.units = space.cut.units(part);
    this.hiddenSize = space.hiddenSize;
    this.maskPlane = new float[space.masked ? units * space.maxBatch : 0];
    this.row = new float[units];
    this.transposed = new float[units * space.maxBatch];
  }

  /** Returns this lane's first row in a matrix with {@code planes} rows per unit. */
  final int firstRow(int planes) {
    return from * planes;
  }

  /** Marks the mask as not loaded, because each call has a different one. */
  final void forgetMask() {
    maskRows = 0;
  }

  /** Loads the mask for {@code count} rows. */
  final void loadMask(int count) {
    if (space.masked && maskRows != count) {
      load(space.call.mask, 0, count, maskPlane, count);
      maskRows = count;
    }
  }

  /**
   * Fills rows [first, end) of a plane of {@code count} rows from a state, or with zeros if it is
   * absent.
   */
  final void load(View state, int first, int end, float[] plane, int count) {
    if (!state.isPresent()) {
      Arrays.fill(row, 0f);
    }
    for (int r = first; r < end; r++) {
      if (state.isPresent()) {
        state.get(stateIndex(r), row, 0, units);
      }
      for (int u = 0; u < units; u++) {
        plane[u * count + r] = row[u];
      }
    }
  }

  /** Writes rows [first, end) of a plane of {@code count} rows to a state, if it is present. */
  final void store(float[] plane, int count, int first, int end, View state) {
    for (int r = first; r < end && state.isPresent(); r++) {
      for (int u = 0; u < units; u++) {
        row[u] = plane[u * count + r];
      }
      state.put(stateIndex(r), row, 0, units);
    }
  }

  /** Copies the states of rows without steps; an absent source means zeros. */
  final void pass(View source, View target) {
    for (int r = space.batch.count(0); r < space.batch.batch() && target.isPresent(); r++) {
      if (source.isPresent()) {
        source.get(stateIndex(r), row, 0, units);
      } else {
        Arrays.fill(row, 0f);
      }
      target.put(stateIndex(r), row, 0, units);
    }
  }

  private int stateIndex(int position) {
    int b = space.batch.row(position);
    return (direction * space.batch.batch() + b) * hiddenSize + from;
  }

  /** Repacks a plane of {@code count} rows for {@code next} rows; new rows are undefined. */
  final void resize(float[] plane, int count, int next) {
    if (next < count) {
      for (int u = 1; u < units; u++) {
        System.arraycopy(plane, u * count, plane, u * next, next);
      }
    } else if (next > count) {
      for (int u = units - 1; u > 0; u--) {
        System.arraycopy(plane, u * count, plane, u * next, count);
      }
    }
  }

  /** Writes a plane to the rows of y at a time. */
  final void storeOutput(View y, int time, float[] plane, int count) {
    transpose(plane, units, count, transposed);
    for (int r = 0; r < count; r++) {
      y.put(outputIndex(time, r), transposed, r * units, units);
    }
  }

  final void loadOutput(View y, int time, float[] plane, int count) {
    for (int r = 0; r < count; r++) {
      y.get(outputIndex(time, r), transposed, r * units, units);
    }
    transpose(transposed, count, units, plane);
  }

  private int outputIndex(int time, int position) {
    int b = time * space.batch.batch() + space.batch.row(position);
    return (b * space.directions + direction) * hiddenSize + from;
  }

  /** Transposes tile by tile, so that both sides stay in the first-level cache. */
  private static void transpose(float[] x, int rows, int columns, float[] y) {
    for (int i0 = 0; i0 < rows; i0 += TILE) {
      int i1 = Math.min(rows, i0 + TILE);
      for (int j = 0; j < columns; j++) {
        for (int i = i0; i < i1; i++) {
          y[j * rows + i] = x[i * columns + j];
        }
      }
    }
  }

  /**
   * Multiplies weights [rows, H] by columns and adds the result to rows of the target, or
   * overwrites them.
   */
  final void multiply(
      long weights,
      int rows,
      Columns columns,
      float beta,
      Columns target,
      int targetRow,
      int count) {
    int h = hiddenSize;
    if (count >= LEAST_COLUMNS) {
      blas.multiply(
          false,
          false,
          rows,
          count,
          h,
          1f,
          weights,
          h,
          columns.address(0),
          columns.stride(),
          beta,
          target.address(targetRow),
          target.stride());
      return;
    }
    for (int r = 0; r < count; r++) {
      blas.multiply(
          false,
          rows,
          h,
          1f,
          weights,
          h,
          columns.address(0) + 4L * r,
          columns.stride(),
          beta,
          target.address(targetRow) + 4L * r,
          target.stride());
    }
  }

  /**
   * Computes this lane's units of weightsᵀ·columns into a plane of {@code count} rows, for weights
   * [rows, H] given by the address of the first element of these units.
   */
  final void multiplyBack(
      long weights, int rows, Columns columns, int row0, float beta, long plane, int count) {
    int h = hiddenSize;
    if (count >= LEAST_COLUMNS) {
      blas.multiply(
          true,
          false,
          units,
          count,
          rows,
          1f,
          weights,
          h,
          columns.address(row0),
          columns.stride(),
          beta,
          plane,
          count);
      return;
    }
    for (int r = 0; r < count; r++) {
      blas.multiply(
          true,
          rows,
          units,
          1f,
          weights,
          h,
          columns.address(row0) + 4L * r,
          columns.stride(),
          beta,
          plane + 4L * r,
          count);
    }
  }
}
