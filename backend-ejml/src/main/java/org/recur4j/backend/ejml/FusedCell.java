package org.recur4j.backend.ejml;

import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;

/** The cells that have a fused plan here. */
enum FusedCell {
  TANH(1, 1),
  RELU(1, 1),
  LSTM(4, 4),
  /** Planes r, z, n and hn = h' W_hnᵀ + b_hn, the reset gate's partner. */
  GRU_RESET_AFTER(3, 4),
  /** Planes r, z, n and r·h', the left operand of the candidate's product. */
  GRU_RESET_BEFORE(3, 4);

  private final int gates;
  private final int planes;

  FusedCell(int gates, int planes) {
    this.gates = gates;
    this.planes = planes;
  }

  /** The fused cell of a specification, or null with the reason from {@link #obstacle}. */
  static FusedCell of(RecurrentSpec spec) {
    if (obstacle(spec) != null) {
      return null;
    }
    return switch (spec.cell()) {
      case VANILLA -> spec.activation().equals(Activation.TANH) ? TANH : RELU;
      case LSTM -> LSTM;
      case GRU -> spec.reset() == ResetVariant.AFTER_PRODUCT ? GRU_RESET_AFTER : GRU_RESET_BEFORE;
    };
  }

  /** Why a specification has no fused cell, or null if it has. */
  static String obstacle(RecurrentSpec spec) {
    if (spec.dataType() != DataType.FLOAT32) {
      return "type " + spec.dataType() + " has no fused plan";
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

  /** Gate blocks of H rows in the weights. */
  int gates() {
    return gates;
  }

  /** Planes kept per step: the gates, and for a GRU one more. */
  int planes() {
    return planes;
  }

  boolean isGru() {
    return this == GRU_RESET_AFTER || this == GRU_RESET_BEFORE;
  }

  boolean hasCellState() {
    return this == LSTM;
  }
}
