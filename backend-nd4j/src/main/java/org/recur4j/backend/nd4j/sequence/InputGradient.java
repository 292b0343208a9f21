package org.recur4j.backend.nd4j.sequence;

import org.recur4j.backend.nd4j.natives.Blas;
import org.recur4j.backend.nd4j.natives.View;

/** Computes dX = dZᵀ·W_ih in blocks of packed rows, adding the directions one after the other. */
final class InputGradient {
  /** The number of rows of dX per block; OpenBLAS is at its best from this size on. */
  private static final int ROWS = 256;

  private final Workspace space;
  private final Blas blas = new Blas();

  InputGradient(Workspace space) {
    this.space = space;
  }

  static int blocks(Workspace space) {
    return (space.batch.total() + ROWS - 1) / ROWS;
  }

  static int maxBlocks(Workspace space) {
    return (int) ((space.columns() + ROWS - 1) / ROWS);
  }

  void run(int block, FusedWeights weights) {
    PlaneLayout layout = space.layout;
    int first = block * ROWS;
    int rows = Math.min(ROWS, space.batch.total() - first);
    View target = space.batch.isFull() ? space.call.dx : space.packedDx;
    float beta = 0f;
    for (int direction = 0; direction < space.directions; direction++) {
      PackedWeights packed = weights.direction(direction);
      if (layout.inputPlanes() == layout.planes()) {
        // All planes of all parts form one matrix.
        multiply(
            direction,
            packed.input(0),
            0,
            layout.planes() * space.hiddenSize,
            first,
            rows,
            beta,
            target);
        beta = 1f;
      } else {
        for (int part = 0; part < space.cut.parts(); part++) {
          int features = layout.inputPlanes() * space.cut.units(part);
          int row = space.cut.from(part) * layout.planes();
          multiply(
              direction,
              packed.input(packed.inputRow(part)),
              row,
              features,
              first,
              rows,
              beta,
              target);
          beta = 1f;
        }
      }
    }
  }

  private void multiply(
      int direction, long w, int feature, int features, int first, int rows, float beta, View dx) {
    int inputs = space.inputSize;
    int all = space.layout.planes() * space.hiddenSize;
    int stride = space.stride();
    boolean onSide = space.onSide();
    blas.multiply(
        !onSide,
        false,
        rows,
        inputs,
        features,
        1f,
        space.z[direction].address(onSide ? first * all + feature : feature * stride + first),
        onSide ? all : stride,
        w,
        inputs,
        beta,
        dx.address(first * inputs),
        inputs);
  }
}
