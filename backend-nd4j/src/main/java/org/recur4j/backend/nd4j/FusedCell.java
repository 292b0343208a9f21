package org.recur4j.backend.nd4j;

import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;

/**
 * The cells with a fused plan. Pre-activations come in planes, one quantity each; which gate of
 * PyTorch's order a plane belongs to, which planes the input's product fills and which the state's,
 * is all that the products need to know:
 *
 * <pre>
 *                    planes           input fills   state adds to
 * vanilla            h                h             h
 * LSTM               i f g o          i f g o       i f g o
 * GRU, reset after   n r z hn         n r z         r z, and hn alone
 * GRU, reset before  n r z            n r z         r z, and then n from r·h'
 * </pre>
 *
 * The GRU's planes are turned so that each product's planes lie side by side.
 */
enum FusedCell {
  TANH(1, 1, 0, 1),
  RELU(1, 1, 0, 1),
  LSTM(4, 4, 0, 6),
  GRU_RESET_AFTER(4, 3, 1, 5),
  GRU_RESET_BEFORE(3, 3, 1, 4);

  private final int planes;
  private final int inputPlanes;
  private final int stateFrom;
  private final int savedPlanes;

  FusedCell(int planes, int inputPlanes, int stateFrom, int savedPlanes) {
    this.planes = planes;
    this.inputPlanes = inputPlanes;
    this.stateFrom = stateFrom;
    this.savedPlanes = savedPlanes;
  }

  /** Why a specification has no fused plan, or null if it has. */
  static String obstacle(RecurrentSpec spec) {
    if (spec.dataType() != DataType.FLOAT32) {
      return "type " + spec.dataType() + " has no fused plan";
    }
    if (spec.precision() != Precision.FULL) {
      return "precision " + spec.precision() + " has no kernel";
    }
    boolean vanilla = spec.cell() == CellKind.VANILLA;
    boolean relu = vanilla && spec.activation().equals(Activation.RELU);
    if (!relu && !spec.activation().equals(Activation.TANH)) {
      return "activation " + spec.activation() + " has no kernel";
    }
    if (!vanilla && !spec.gateActivation().equals(Activation.SIGMOID)) {
      return "gate activation " + spec.gateActivation() + " has no kernel";
    }
    return null;
  }

  /** The cell of a specification without {@link #obstacle}. */
  static FusedCell of(RecurrentSpec spec) {
    return switch (spec.cell()) {
      case VANILLA -> spec.activation().equals(Activation.TANH) ? TANH : RELU;
      case LSTM -> LSTM;
      case GRU -> spec.reset() == ResetVariant.AFTER_PRODUCT ? GRU_RESET_AFTER : GRU_RESET_BEFORE;
    };
  }

  int planes() {
    return planes;
  }

  /** The input's product fills planes 0 to this. */
  int inputPlanes() {
    return inputPlanes;
  }

  /** The state's product begins at this plane and goes to the last. */
  int stateFrom() {
    return stateFrom;
  }

  int statePlanes() {
    return planes - stateFrom;
  }

  /** Planes kept for backward: the activated ones, then what the cell needs besides. */
  int savedPlanes() {
    return savedPlanes;
  }

  /** The gate, in PyTorch's order, whose weights and biases make a plane. */
  int gate(int plane) {
    return switch (this) {
      case TANH, RELU, LSTM -> plane;
      case GRU_RESET_AFTER, GRU_RESET_BEFORE -> (plane + 2) % 3;
    };
  }

  /** The plane whose activated values are a gate's. */
  int planeOf(int gate) {
    return isGru() ? (gate + 1) % 3 : gate;
  }

  boolean isGru() {
    return this == GRU_RESET_AFTER || this == GRU_RESET_BEFORE;
  }

  boolean hasCellState() {
    return this == LSTM;
  }

  /** Phases of one time step: between two, every part of the state must be complete. */
  int phases() {
    return this == GRU_RESET_BEFORE ? 2 : 1;
  }
}
