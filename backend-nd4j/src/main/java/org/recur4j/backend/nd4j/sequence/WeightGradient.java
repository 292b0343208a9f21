package org.recur4j.backend.nd4j.sequence;

import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.backend.nd4j.kernel.Loops;
import org.recur4j.backend.nd4j.natives.Blas;
import org.recur4j.backend.nd4j.natives.View;

/**
 * One lane's rows of the gradients of the weights, each computed by one product over the whole
 * sequence:
 *
 * <pre>
 * dW_ih += dZ·X     dW_hh += dZ·leftᵀ     db += dZ·1
 * </pre>
 *
 * Products are written to separate memory in the order of the packed weights, and then added to the
 * gradients row by row.
 */
final class WeightGradient {
  private final Workspace space;
  private final FusedCell cell;
  private final PlaneLayout layout;
  private final BackwardLane lane;
  private final Blas blas = new Blas();
  private final View products = new View();
  private final float[] row;
  private final float[] sum;
  private final View weightIh = new View();
  private final View weightHh = new View();
  private final View biasIh = new View();
  private final View biasHh = new View();

  WeightGradient(BackwardLane lane) {
    this.lane = lane;
    this.space = lane.space;
    this.layout = space.layout;
    this.cell = layout.cell();
    int columns = Math.max(space.inputSize, space.hiddenSize);
    space.allocate(products, (long) layout.planes() * lane.units * columns);
    this.row = new float[Math.max(columns, layout.planes() * lane.units)];
    this.sum = new float[row.length];
  }

  void point(DirectionWeights sums) {
    weightIh.of(sums.weightIh());
    weightHh.of(sums.weightHh());
    biasIh.of(sums.biasIh());
    biasHh.of(sums.biasHh());
  }

  void run() {
    int inputs = space.inputSize;
    multiply(0, layout.inputPlanes(), space.input(), inputs, true);
    add(0, layout.inputPlanes(), inputs, weightIh);
    int from = layout.stateFrom();
    multiply(from, layout.planes() - from, space.left[lane.direction], space.hiddenSize, false);
    add(from, layout.planes() - from, space.hiddenSize, weightHh);
    if (cell == FusedCell.GRU_RESET_BEFORE) {
      multiply(0, 1, space.leftCandidate[lane.direction], space.hiddenSize, false);
      add(0, 1, space.hiddenSize, weightHh);
    }
    addBiases();
  }

  /**
   * Computes products = dZ[planes]·right, where right is [columns, width] for x, or [width,
   * columns] for states in the layout of the pass.
   */
  private void multiply(int plane, int planes, View right, int width, boolean inRows) {
    int columns = space.batch.total();
    boolean onSide = space.onSide();
    boolean rightInRows = inRows || onSide;
    blas.multiply(
        onSide,
        !rightInRows,
        planes * lane.units,
        width,
        columns,
        1f,
        gradient(plane),
        onSide ? layout.planes() * space.hiddenSize : space.stride(),
        right.address(0),
        rightInRows ? width : space.stride(),
        0f,
        products.address(0),
        width);
  }

  /** Returns the address of this lane's rows of a plane in the matrix of gradients. */
  private long gradient(int plane) {
    int first = lane.firstRow(layout.planes()) + plane * lane.units;
    return space.z[lane.direction].address(space.onSide() ? first : first * space.stride());
  }

  private void add(int plane, int planes, int width, View target) {
    for (int p = 0; p < planes; p++) {
      for (int u = 0; u < lane.units; u++) {
        int to = weightRow(plane + p, u) * width;
        products.get((p * lane.units + u) * width, row, 0, width);
        target.get(to, sum, 0, width);
        Loops.add(sum, row, width);
        target.put(to, sum, 0, width);
      }
    }
  }

  private int weightRow(int plane, int unit) {
    return layout.gate(plane) * space.hiddenSize + lane.from + unit;
  }

  private void addBiases() {
    if (!biasIh.isPresent()) {
      return;
    }
    int columns = space.batch.total();
    int rows = layout.planes() * lane.units;
    boolean onSide = space.onSide();
    blas.multiply(
        onSide,
        onSide ? columns : rows,
        onSide ? rows : columns,
        1f,
        gradient(0),
        onSide ? layout.planes() * space.hiddenSize : space.stride(),
        space.ones.address(0),
        1,
        0f,
        products.address(0),
        1);
    products.get(0, row, 0, rows);
    boolean after = cell == FusedCell.GRU_RESET_AFTER;
    for (int plane = 0; plane < layout.planes(); plane++) {
      // Reset after: b_hn belongs to hn, the last plane, and b_in to n, the first.
      if (!after || plane != 3) {
        addBias(plane, biasIh);
      }
      if (biasHh.isPresent() && (!after || plane != 0)) {
        addBias(plane, biasHh);
      }
    }
  }

  private void addBias(int plane, View target) {
    int to = weightRow(plane, 0);
    target.get(to, sum, 0, lane.units);
    for (int u = 0; u < lane.units; u++) {
      sum[u] += row[plane * lane.units + u];
    }
    target.put(to, sum, 0, lane.units);
  }
}
