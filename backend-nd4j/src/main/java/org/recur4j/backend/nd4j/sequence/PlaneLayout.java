package org.recur4j.backend.nd4j.sequence;

import org.recur4j.api.spi.FusedCell;

/**
 * The planes of a cell's pre-activations: matrices with one row per hidden unit and one column per
 * batch row. The products of the input and of the state each fill a range of planes:
 *
 * <pre>
 *                    planes           input product   state product
 * vanilla            h                h               h
 * LSTM               i f g o          i f g o         i f g o
 * GRU, reset after   n r z hn         n r z           r z, and hn alone
 * GRU, reset before  n r z            n r z           r z, and then n from r·h'
 * </pre>
 *
 * The GRU's planes are ordered so that the planes of each product are adjacent.
 *
 * @param cell the cell
 * @param planes the number of planes
 * @param inputPlanes the number of planes, from the first, filled by the input's product
 * @param stateFrom the first plane of the state's product, which extends to the last plane
 * @param savedPlanes the number of planes kept for backward: the activated ones, then others
 */
record PlaneLayout(FusedCell cell, int planes, int inputPlanes, int stateFrom, int savedPlanes) {
  /** Returns the layout of a cell. */
  static PlaneLayout of(FusedCell cell) {
    return switch (cell) {
      case TANH, RELU -> new PlaneLayout(cell, 1, 1, 0, 1);
      case LSTM -> new PlaneLayout(cell, 4, 4, 0, 6);
      case GRU_RESET_AFTER -> new PlaneLayout(cell, 4, 3, 1, 5);
      case GRU_RESET_BEFORE -> new PlaneLayout(cell, 3, 3, 1, 4);
    };
  }

  /** Returns the number of planes of the state's product. */
  int statePlanes() {
    return planes - stateFrom;
  }

  /** Returns the gate, in PyTorch's order, whose weights and biases a plane has. */
  int gate(int plane) {
    return cell.isGru() ? (plane + 2) % 3 : plane;
  }

  /** Returns the plane that holds the activated values of a gate. */
  int planeOf(int gate) {
    return cell.isGru() ? (gate + 1) % 3 : gate;
  }

  /**
   * Returns the number of phases of a time step. A phase reads the whole state, so all lanes must
   * have finished the previous phase.
   */
  int phases() {
    return cell == FusedCell.GRU_RESET_BEFORE ? 2 : 1;
  }
}
