package org.recur4j.backend.cuda;

import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;

/** The cells whose time step is a kernel. */
enum FusedCell {
  TANH(1, 1),
  RELU(1, 1),
  LSTM(4, 4),
  /** Gradients lie as n, r, z, hn: hn's differs from n's by the reset gate. */
  GRU_RESET_AFTER(3, 4),
  GRU_RESET_BEFORE(3, 3);

  private final int gates;
  private final int gradientBlocks;

  FusedCell(int gates, int gradientBlocks) {
    this.gates = gates;
    this.gradientBlocks = gradientBlocks;
  }

  /** The cell of a specification that has no {@link #obstacle}. */
  static FusedCell of(RecurrentSpec spec) {
    return switch (spec.cell()) {
      case VANILLA -> spec.activation().equals(Activation.RELU) ? RELU : TANH;
      case LSTM -> LSTM;
      case GRU -> spec.reset() == ResetVariant.AFTER_PRODUCT ? GRU_RESET_AFTER : GRU_RESET_BEFORE;
    };
  }

  /** Why no kernel fits a specification, or null if one does. */
  static String obstacle(RecurrentSpec spec) {
    if (spec.dataType() != DataType.FLOAT32) {
      return "type " + spec.dataType() + " has no kernels";
    }
    if (spec.precision() != Precision.FULL && spec.precision() != Precision.TF32) {
      return "precision " + spec.precision() + " has no kernels";
    }
    boolean vanilla = spec.cell() == CellKind.VANILLA;
    if (!spec.activation().equals(Activation.TANH)
        && !(vanilla && spec.activation().equals(Activation.RELU))) {
      return "activation " + spec.activation() + " has no kernel";
    }
    if (!vanilla && !spec.gateActivation().equals(Activation.SIGMOID)) {
      return "gate activation " + spec.gateActivation() + " has no kernel";
    }
    return null;
  }

  /** Blocks of H columns that the input's product fills. */
  int gates() {
    return gates;
  }

  /** Blocks of H columns in a row of gradients. */
  int gradientBlocks() {
    return gradientBlocks;
  }

  /** The first block that belongs to the hidden product. */
  int firstHiddenBlock() {
    return this == GRU_RESET_AFTER ? 1 : 0;
  }

  boolean hasCellState() {
    return this == LSTM;
  }
}
