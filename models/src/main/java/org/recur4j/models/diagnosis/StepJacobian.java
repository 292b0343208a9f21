package org.recur4j.models.diagnosis;

import java.util.Arrays;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;

/**
 * Products of vectors with ∂s_t/∂s_{t−1} of one step of one row, computed without forming the
 * matrix. The state s is h or, for an LSTM, h followed by c. Every cell has the form
 *
 * <pre>
 * ∂s = Σ_g A_g · (W_g ∂h′) + D · ∂s′        (vanilla, GRU with reset after the product)
 * ∂c = Σ_g A_g · (W_g ∂h′) + f · ∂c′        (LSTM, g over i, f, g)
 * ∂h = A_o · (W_o ∂h′) + o φ′(c) · ∂c
 * </pre>
 *
 * <p>with diagonal matrices A and D that depend on the gates (K. Greff et al., "LSTM: a search
 * space odyssey", 2017, section II.C for the LSTM; the chain rule gives the others).
 */
final class StepJacobian {
  private final RecurrentSpec spec;
  private final double[] weights;
  private final int size;
  private final double[] slopes;
  private final double[] carried;
  private final double[] shown;
  private final double[] sums;

  /** Creates the Jacobian of a layer with recurrent weights {@code [G·H, H]}. */
  StepJacobian(RecurrentSpec spec, double[] weights) {
    this.spec = spec;
    this.weights = weights;
    this.size = spec.hiddenSize();
    this.slopes = new double[spec.gates() * size];
    this.carried = new double[size];
    this.shown = new double[size];
    this.sums = new double[spec.gates() * size];
  }

  /** Returns why the Jacobian of such a layer is not available; empty if it is. */
  static String obstacle(RecurrentSpec spec) {
    boolean before =
        spec.cell() == org.recur4j.api.recurrent.CellKind.GRU
            && spec.reset() == ResetVariant.BEFORE_PRODUCT;
    return before
        ? "the reset gate is applied before the product"
        : spec.hiddenMask() ? "recurrent dropout masks the state" : "";
  }

  /** Returns the size of a state: H, or 2·H for an LSTM. */
  int stateSize() {
    return spec.hasCellState() ? 2 * size : size;
  }

  /** Sets a vanilla step with output h, starting at index {@code from}. */
  void vanilla(double[] h, int from) {
    for (int j = 0; j < size; j++) {
      slopes[j] = spec.activation().derivativeFromOutput(h[from + j]);
    }
  }

  /**
   * Sets a GRU step: gates r, z, n starting at {@code from}, h′, and the candidate's sum W_n h′ +
   * b_hn.
   */
  void gru(double[] gates, int from, double[] previous, double[] candidate) {
    for (int j = 0; j < size; j++) {
      double r = gates[from + j];
      double z = gates[from + size + j];
      double n = gates[from + 2 * size + j];
      double toCandidate = (1 - z) * spec.activation().derivativeFromOutput(n);
      slopes[j] = toCandidate * candidate[j] * spec.gateActivation().derivativeFromOutput(r);
      slopes[size + j] = (previous[j] - n) * spec.gateActivation().derivativeFromOutput(z);
      slopes[2 * size + j] = toCandidate * r;
      carried[j] = z;
    }
  }

  /**
   * Sets an LSTM step: gates i, f, g, o starting at {@code from}, c starting at {@code at}, and c′.
   */
  void lstm(double[] gates, int from, double[] cells, int at, double[] previousCell) {
    for (int j = 0; j < size; j++) {
      double i = gates[from + j];
      double f = gates[from + size + j];
      double g = gates[from + 2 * size + j];
      double o = gates[from + 3 * size + j];
      double out = spec.activation().apply(cells[at + j]);
      slopes[j] = g * spec.gateActivation().derivativeFromOutput(i);
      slopes[size + j] = previousCell[j] * spec.gateActivation().derivativeFromOutput(f);
      slopes[2 * size + j] = i * spec.activation().derivativeFromOutput(g);
      slopes[3 * size + j] = out * spec.gateActivation().derivativeFromOutput(o);
      carried[j] = f;
      shown[j] = o * spec.activation().derivativeFromOutput(out);
    }
  }

  /** Computes out = J v. */
  void times(double[] v, double[] out) {
    for (int row = 0; row < sums.length; row++) {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += weights[row * size + i] * v[i];
      }
      sums[row] = slopes[row] * sum;
    }
    boolean lstm = spec.hasCellState();
    int added = lstm ? 3 : spec.gates();
    for (int j = 0; j < size; j++) {
      double sum = carried[j] * v[lstm ? size + j : j];
      for (int g = 0; g < added; g++) {
        sum += sums[g * size + j];
      }
      out[j] = lstm ? sums[3 * size + j] + shown[j] * sum : sum;
      if (lstm) {
        out[size + j] = sum;
      }
    }
  }

  /** Computes out = Jᵀ u. */
  void transposedTimes(double[] u, double[] out) {
    boolean lstm = spec.hasCellState();
    Arrays.fill(out, 0);
    for (int row = 0; row < sums.length; row++) {
      int gate = row / size;
      int j = row % size;
      double through = lstm && gate < 3 ? u[size + j] + shown[j] * u[j] : u[j];
      double scaled = slopes[row] * through;
      for (int i = 0; i < size; i++) {
        out[i] += weights[row * size + i] * scaled;
      }
    }
    for (int j = 0; j < size; j++) {
      if (lstm) {
        out[size + j] = carried[j] * (u[size + j] + shown[j] * u[j]);
      } else {
        out[j] += carried[j] * u[j];
      }
    }
  }
}
