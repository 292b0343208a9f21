package org.recur4j.api.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;

/**
 * A recurrent layer in double precision, one row and one step at a time: the reference of the
 * conformance kit. Equations: Elman 1990; LSTM and GRU as PyTorch documents them; GRU with the
 * reset gate before the product as Cho et al. 2014.
 */
public final class NaiveRecurrence {
  private final RecurrentSpec spec;
  private final List<NaiveWeights> weights;
  private final int hiddenSize;

  /**
   * Creates a layer.
   *
   * @param spec the specification; its data type and precision are ignored
   * @param weights one entry for each direction, forward first
   * @throws InvalidArgumentException if an array has the wrong length
   */
  public NaiveRecurrence(RecurrentSpec spec, List<NaiveWeights> weights) {
    this.spec = spec;
    this.weights = List.copyOf(weights);
    this.hiddenSize = spec.hiddenSize();
    check("directions of weights", weights.size(), spec.directions());
    int rows = spec.gates() * hiddenSize;
    for (NaiveWeights one : weights) {
      check("entries of weight_ih", one.weightIh().length, rows * spec.inputSize());
      check("entries of weight_hh", one.weightHh().length, rows * hiddenSize);
      check("entries of bias_ih", one.biasIh() == null ? rows : one.biasIh().length, rows);
      check("entries of bias_hh", one.biasHh() == null ? rows : one.biasHh().length, rows);
    }
  }

  /**
   * Runs the sequence.
   *
   * @param in the input
   * @return all outputs
   */
  public NaiveResult forward(NaiveInput in) {
    int directions = spec.directions();
    int gateSize = spec.gates() * hiddenSize;
    int steps = in.steps();
    int batch = in.batch();
    boolean lstm = spec.hasCellState();
    double[] y = new double[steps * batch * directions * hiddenSize];
    double[] lastHidden = new double[directions * batch * hiddenSize];
    double[] lastCell = lstm ? new double[lastHidden.length] : null;
    double[] gates = new double[steps * batch * directions * gateSize];
    double[] cellStates = lstm ? new double[y.length] : null;
    for (int d = 0; d < directions; d++) {
      for (int b = 0; b < batch; b++) {
        double[] hidden = stateRow(in.initialHidden(), d, b, batch);
        double[] cell = lstm ? stateRow(in.initialCell(), d, b, batch) : null;
        for (NaiveStep step : steps(in, d, b)) {
          int place = (step.time() * batch + b) * directions + d;
          put(step.hidden(), y, place);
          put(step.gates(), gates, place);
          hidden = step.hidden();
          if (lstm) {
            put(step.cell(), cellStates, place);
            cell = step.cell();
          }
        }
        put(hidden, lastHidden, d * batch + b);
        if (lstm) {
          put(cell, lastCell, d * batch + b);
        }
      }
    }
    return new NaiveResult(y, lastHidden, lastCell, gates, cellStates);
  }

  /**
   * Runs the sequence and computes its gradients.
   *
   * @param in the input
   * @param dy ∂L/∂y {@code [T, B, D·H]}, or null for zeros; entries past a length are not read
   * @param dLastHidden ∂L/∂(last hidden) {@code [D, B, H]}, or null for zeros
   * @param dLastCell ∂L/∂(last cell) {@code [D, B, H]}, or null for zeros
   * @return all gradients
   */
  public NaiveGradients backward(
      NaiveInput in, double[] dy, double[] dLastHidden, double[] dLastCell) {
    int directions = spec.directions();
    int batch = in.batch();
    boolean lstm = spec.hasCellState();
    double[] dx = new double[in.steps() * batch * spec.inputSize()];
    double[] dInitialHidden = new double[directions * batch * hiddenSize];
    double[] dInitialCell = lstm ? new double[dInitialHidden.length] : null;
    double[] stateGradients = new double[in.steps() * batch * directions * hiddenSize];
    List<NaiveWeights> sums = new ArrayList<>();
    for (int d = 0; d < directions; d++) {
      NaiveWeights sum = weights.get(d).zeros();
      sums.add(sum);
      for (int b = 0; b < batch; b++) {
        double[] dHidden = stateRow(dLastHidden, d, b, batch);
        double[] dCell = lstm ? stateRow(dLastCell, d, b, batch) : null;
        double[] mask = maskRow(in, d, b);
        List<NaiveStep> steps = steps(in, d, b);
        for (int k = steps.size() - 1; k >= 0; k--) {
          NaiveStep step = steps.get(k);
          int place = (step.time() * batch + b) * directions + d;
          for (int j = 0; dy != null && j < hiddenSize; j++) {
            dHidden[j] += dy[place * hiddenSize + j];
          }
          put(dHidden, stateGradients, place);
          double[] dInput = new double[spec.inputSize()];
          dHidden = stepBackward(weights.get(d), step, mask, dHidden, dCell, dInput, sum);
          for (int i = 0; i < dInput.length; i++) {
            dx[(step.time() * batch + b) * dInput.length + i] += dInput[i];
          }
        }
        put(dHidden, dInitialHidden, d * batch + b);
        if (lstm) {
          put(dCell, dInitialCell, d * batch + b);
        }
      }
    }
    return new NaiveGradients(dx, dInitialHidden, dInitialCell, List.copyOf(sums), stateGradients);
  }

  /** Computes all valid steps of one row, in the order of the direction. */
  private List<NaiveStep> steps(NaiveInput in, int direction, int row) {
    List<NaiveStep> steps = new ArrayList<>();
    double[] hidden = stateRow(in.initialHidden(), direction, row, in.batch());
    double[] cell =
        spec.hasCellState() ? stateRow(in.initialCell(), direction, row, in.batch()) : null;
    double[] mask = maskRow(in, direction, row);
    int length = in.length(row);
    for (int k = 0; k < length; k++) {
      int time = spec.direction().isReverse(direction) ? length - 1 - k : k;
      int from = (time * in.batch() + row) * spec.inputSize();
      double[] x = Arrays.copyOfRange(in.x(), from, from + spec.inputSize());
      NaiveStep step = stepForward(weights.get(direction), time, x, hidden, cell, mask);
      steps.add(step);
      hidden = step.hidden();
      cell = step.cell();
    }
    return steps;
  }

  private NaiveStep stepForward(
      NaiveWeights w, int time, double[] x, double[] previous, double[] previousCell, double[] m) {
    double[] masked = new double[hiddenSize];
    for (int j = 0; j < hiddenSize; j++) {
      masked[j] = m[j] * previous[j];
    }
    double[] gates = new double[spec.gates() * hiddenSize];
    double[] hidden = new double[hiddenSize];
    double[] cell = previousCell == null ? null : new double[hiddenSize];
    double[] hiddenCandidate = null;
    switch (spec.cell()) {
      case VANILLA -> {
        // h = φ(W_ih x + b_ih + W_hh h̃ + b_hh)
        for (int j = 0; j < hiddenSize; j++) {
          gates[j] = spec.activation().apply(inputPart(w, j, x) + hiddenPart(w, j, masked));
          hidden[j] = gates[j];
        }
      }
      case LSTM -> {
        // i, f, o = σ(·), g = φ(·); c = f c′ + i g; h = o φ(c)
        for (int row = 0; row < gates.length; row++) {
          double z = inputPart(w, row, x) + hiddenPart(w, row, masked);
          boolean candidate = row / hiddenSize == 2;
          gates[row] = (candidate ? spec.activation() : spec.gateActivation()).apply(z);
        }
        for (int j = 0; j < hiddenSize; j++) {
          double i = gates[j];
          double f = gates[hiddenSize + j];
          double g = gates[2 * hiddenSize + j];
          double o = gates[3 * hiddenSize + j];
          cell[j] = f * previousCell[j] + i * g;
          hidden[j] = o * spec.activation().apply(cell[j]);
        }
      }
      case GRU -> {
        // r, z = σ(·); n = φ(x_n + r (W_hn h̃ + b_hn)) or φ(x_n + W_hn (r h̃) + b_hn)
        for (int row = 0; row < 2 * hiddenSize; row++) {
          double z = inputPart(w, row, x) + hiddenPart(w, row, masked);
          gates[row] = spec.gateActivation().apply(z);
        }
        double[] resetHidden = resetHidden(gates, masked);
        hiddenCandidate = new double[hiddenSize];
        for (int j = 0; j < hiddenSize; j++) {
          int row = 2 * hiddenSize + j;
          hiddenCandidate[j] = hiddenPart(w, row, masked);
          double recurrent =
              spec.reset() == ResetVariant.AFTER_PRODUCT
                  ? gates[j] * hiddenCandidate[j]
                  : hiddenPart(w, row, resetHidden);
          double n = spec.activation().apply(inputPart(w, row, x) + recurrent);
          double z = gates[hiddenSize + j];
          gates[row] = n;
          hidden[j] = (1 - z) * n + z * previous[j];
        }
      }
    }
    return new NaiveStep(
        time, x, previous, masked, previousCell, gates, hiddenCandidate, cell, hidden);
  }

  /** Returns ∂L/∂h′; replaces ∂L/∂c in dCell by ∂L/∂c′; adds to dInput and to the sums. */
  private double[] stepBackward(
      NaiveWeights w,
      NaiveStep step,
      double[] mask,
      double[] dHidden,
      double[] dCell,
      double[] dInput,
      NaiveWeights sum) {
    int rows = spec.gates() * hiddenSize;
    boolean gru = spec.cell() == CellKind.GRU;
    boolean resetAfter = gru && spec.reset() == ResetVariant.AFTER_PRODUCT;
    boolean resetBefore = gru && !resetAfter;
    // Gradients of the rows of W_ih x + b_ih and of W_hh h̃ + b_hh
    double[] dInputPart = new double[rows];
    double[] dHiddenPart = new double[rows];
    double[] dPrevious = new double[hiddenSize];
    double[] dMasked = new double[hiddenSize];
    switch (spec.cell()) {
      case VANILLA -> {
        for (int j = 0; j < hiddenSize; j++) {
          dInputPart[j] = dHidden[j] * spec.activation().derivativeFromOutput(step.hidden()[j]);
        }
      }
      case LSTM -> {
        for (int j = 0; j < hiddenSize; j++) {
          lstmBackward(step, j, dHidden[j], dCell, dInputPart);
        }
      }
      case GRU -> {
        for (int j = 0; j < hiddenSize; j++) {
          double z = step.gate(1, j);
          double n = step.gate(2, j);
          dPrevious[j] = dHidden[j] * z;
          double dz = dHidden[j] * (step.previousHidden()[j] - n);
          double dn = dHidden[j] * (1 - z);
          dInputPart[hiddenSize + j] = dz * spec.gateActivation().derivativeFromOutput(z);
          dInputPart[2 * hiddenSize + j] = dn * spec.activation().derivativeFromOutput(n);
        }
        for (int j = 0; j < hiddenSize; j++) {
          double r = step.gate(0, j);
          double dr;
          if (resetAfter) {
            dr = dInputPart[2 * hiddenSize + j] * step.hiddenCandidate()[j];
          } else {
            double dResetHidden = 0;
            for (int k = 0; k < hiddenSize; k++) {
              int row = 2 * hiddenSize + k;
              dResetHidden += dInputPart[row] * w.weightHh()[row * hiddenSize + j];
            }
            dr = dResetHidden * step.maskedHidden()[j];
            dMasked[j] += dResetHidden * r;
          }
          dInputPart[j] = dr * spec.gateActivation().derivativeFromOutput(r);
        }
      }
    }
    double[] resetHidden = resetBefore ? resetHidden(step.gates(), step.maskedHidden()) : null;
    for (int row = 0; row < rows; row++) {
      boolean candidate = gru && row / hiddenSize == 2;
      dHiddenPart[row] =
          resetAfter && candidate
              ? dInputPart[row] * step.gates()[row % hiddenSize]
              : dInputPart[row];
      double[] operand = resetBefore && candidate ? resetHidden : step.maskedHidden();
      for (int i = 0; i < dInput.length; i++) {
        sum.weightIh()[row * dInput.length + i] += dInputPart[row] * step.input()[i];
        dInput[i] += dInputPart[row] * w.weightIh()[row * dInput.length + i];
      }
      for (int j = 0; j < hiddenSize; j++) {
        sum.weightHh()[row * hiddenSize + j] += dHiddenPart[row] * operand[j];
        if (operand != resetHidden) {
          dMasked[j] += dHiddenPart[row] * w.weightHh()[row * hiddenSize + j];
        }
      }
      if (sum.biasIh() != null) {
        sum.biasIh()[row] += dInputPart[row];
      }
      if (sum.biasHh() != null) {
        sum.biasHh()[row] += dHiddenPart[row];
      }
    }
    for (int j = 0; j < hiddenSize; j++) {
      dPrevious[j] += mask[j] * dMasked[j];
    }
    return dPrevious;
  }

  private void lstmBackward(
      NaiveStep step, int unit, double dHidden, double[] dCell, double[] dGates) {
    double i = step.gate(0, unit);
    double f = step.gate(1, unit);
    double g = step.gate(2, unit);
    double o = step.gate(3, unit);
    double activated = spec.activation().apply(step.cell()[unit]);
    double dc = dCell[unit] + dHidden * o * spec.activation().derivativeFromOutput(activated);
    dGates[unit] = dc * g * spec.gateActivation().derivativeFromOutput(i);
    dGates[hiddenSize + unit] =
        dc * step.previousCell()[unit] * spec.gateActivation().derivativeFromOutput(f);
    dGates[2 * hiddenSize + unit] = dc * i * spec.activation().derivativeFromOutput(g);
    dGates[3 * hiddenSize + unit] =
        dHidden * activated * spec.gateActivation().derivativeFromOutput(o);
    dCell[unit] = dc * f;
  }

  private double[] resetHidden(double[] gates, double[] masked) {
    double[] product = new double[hiddenSize];
    for (int j = 0; j < hiddenSize; j++) {
      product[j] = gates[j] * masked[j];
    }
    return product;
  }

  private static double inputPart(NaiveWeights w, int row, double[] x) {
    double sum = w.biasIh() == null ? 0 : w.biasIh()[row];
    for (int i = 0; i < x.length; i++) {
      sum += w.weightIh()[row * x.length + i] * x[i];
    }
    return sum;
  }

  private static double hiddenPart(NaiveWeights w, int row, double[] h) {
    double sum = w.biasHh() == null ? 0 : w.biasHh()[row];
    for (int j = 0; j < h.length; j++) {
      sum += w.weightHh()[row * h.length + j] * h[j];
    }
    return sum;
  }

  /** Returns a copy of one row of {@code [D, B, H]}, or zeros for null. */
  private double[] stateRow(double[] state, int direction, int row, int batch) {
    int from = (direction * batch + row) * hiddenSize;
    return state == null
        ? new double[hiddenSize]
        : Arrays.copyOfRange(state, from, from + hiddenSize);
  }

  private double[] maskRow(NaiveInput in, int direction, int row) {
    double[] mask = stateRow(in.hiddenMask(), direction, row, in.batch());
    if (in.hiddenMask() == null) {
      Arrays.fill(mask, 1);
    }
    return mask;
  }

  private static void put(double[] values, double[] target, int place) {
    System.arraycopy(values, 0, target, place * values.length, values.length);
  }

  private static void check(String what, int got, int expected) {
    if (got != expected) {
      throw new InvalidArgumentException(
          "NaiveRecurrence",
          got + " " + what,
          Integer.toString(expected),
          "Weights are stored as PyTorch stores them");
    }
  }
}
