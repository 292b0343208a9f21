package org.recur4j.api.spi;

import java.util.Set;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;

/**
 * The recurrent cells that fused plans usually support: FLOAT32 with the activations of PyTorch and
 * cuDNN. In {@code assess}, a backend calls {@link #obstacle} and leaves every other specification
 * to the portable plan.
 */
public enum FusedCell {
  /** The vanilla cell with tanh. */
  TANH(1),
  /** The vanilla cell with ReLU. */
  RELU(1),
  /** The LSTM with tanh and sigmoid gates; gates {@code i f g o}. */
  LSTM(4),
  /** The GRU of PyTorch, whose reset gate multiplies the product; gates {@code r z n}. */
  GRU_RESET_AFTER(3),
  /** The GRU of the original paper, whose reset gate multiplies the state; gates {@code r z n}. */
  GRU_RESET_BEFORE(3);

  private final int gates;

  FusedCell(int gates) {
    this.gates = gates;
  }

  /**
   * Returns the cell of a specification that has no {@linkplain #obstacle obstacle}.
   *
   * @param spec the specification
   * @return the cell
   */
  public static FusedCell of(RecurrentSpec spec) {
    return switch (spec.cell()) {
      case VANILLA -> spec.activation().equals(Activation.RELU) ? RELU : TANH;
      case LSTM -> LSTM;
      case GRU -> spec.reset() == ResetVariant.AFTER_PRODUCT ? GRU_RESET_AFTER : GRU_RESET_BEFORE;
    };
  }

  /**
   * Returns the reason why a specification is none of these cells, for {@link
   * org.recur4j.api.recurrent.Verdict#portable Verdict.portable}.
   *
   * @param spec the specification
   * @param precisions the precisions that the backend's fused plans support
   * @return the reason, or null if the specification is one of these cells
   */
  public static String obstacle(RecurrentSpec spec, Set<Precision> precisions) {
    if (spec.dataType() != DataType.FLOAT32) {
      return "type " + spec.dataType() + " has no fused plan";
    }
    if (!precisions.contains(spec.precision())) {
      return "precision " + spec.precision() + " has no fused plan";
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

  /**
   * Returns the number of blocks of H rows in the cell's weight matrices.
   *
   * @return 1, 3 or 4
   */
  public int gates() {
    return gates;
  }

  /**
   * Returns whether the cell is a GRU of either variant.
   *
   * @return true for both GRU variants
   */
  public boolean isGru() {
    return this == GRU_RESET_AFTER || this == GRU_RESET_BEFORE;
  }

  /**
   * Returns whether the state has a cell state {@code c} in addition to {@code h}.
   *
   * @return true for the LSTM
   */
  public boolean hasCellState() {
    return this == LSTM;
  }
}
