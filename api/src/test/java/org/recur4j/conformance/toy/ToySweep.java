package org.recur4j.conformance.toy;

import static org.recur4j.conformance.toy.Block.add;
import static org.recur4j.conformance.toy.Block.get;
import static org.recur4j.conformance.toy.Block.set;

import java.util.Arrays;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.Tensor;

/**
 * The LSTM over a whole sequence, one batch row in one direction at a time. A row is walked for as
 * many steps as it is long, so what lies past its length is never read.
 */
final class ToySweep {
  private final RecurrentSpec spec;
  private final ToyWeights weights;
  private final int h;
  private final int features;

  ToySweep(RecurrentSpec spec, ToyWeights weights) {
    this.spec = spec;
    this.weights = weights;
    this.h = spec.hiddenSize();
    this.features = spec.inputSize();
  }

  /** The reverse direction begins at each row's own last step. */
  private int time(int step, int length, int d) {
    return spec.direction().isReverse(d) ? length - 1 - step : step;
  }

  /** i, f, o = σ(·), g = tanh(·); c = f·c′ + i·g; h = o·tanh(c). */
  void forward(ToyPass pass, int d, int b, RecurrentInput in, RecurrentOutput out) {
    int state = (d * pass.batch() + b) * h;
    load(in.initial() == null ? null : in.initial().hidden(), state, pass.hidden);
    load(in.initial() == null ? null : in.initial().cell(), state, pass.cell);
    int length = pass.length(b);
    for (int step = 0; step < length; step++) {
      int time = time(step, length, d);
      int place = pass.place(time, b, d);
      if (pass.mode().keepsForBackward()) {
        store(pass.hidden, pass.hiddenBefore, place * h);
        store(pass.cell, pass.cellBefore, place * h);
      }
      load(in.x(), (time * pass.batch() + b) * features, pass.x);
      mask(pass, in.hiddenMask(), state);
      preActivations(pass, d);
      activate(pass);
      if (pass.mode().keepsForBackward()) {
        store(pass.z, pass.gates, place * 4 * h);
      }
      if (out.y() != null) {
        store(pass.hidden, out.y(), place * h);
      }
    }
    for (int time = length; time < pass.steps() && out.y() != null; time++) {
      zero(out.y(), pass.place(time, b, d) * h);
    }
    if (out.last() != null) {
      store(pass.hidden, out.last().hidden(), state);
      store(pass.cell, out.last().cell(), state);
    }
  }

  /** h̃ = mask · h′. */
  private void mask(ToyPass pass, Tensor mask, int state) {
    for (int j = 0; j < h; j++) {
      pass.masked[j] = (mask == null ? 1 : get(mask, state + j)) * pass.hidden[j];
    }
  }

  /** z = W_ih x + W_hh h̃ + b. */
  private void preActivations(ToyPass pass, int d) {
    double[] inputWeights = weights.input[d];
    double[] hiddenWeights = weights.hidden[d];
    for (int row = 0; row < pass.z.length; row++) {
      double sum = weights.bias[d][row];
      for (int k = 0; k < features; k++) {
        sum += inputWeights[row * features + k] * pass.x[k];
      }
      for (int j = 0; j < h; j++) {
        sum += hiddenWeights[row * h + j] * pass.masked[j];
      }
      pass.z[row] = sum;
    }
  }

  private void activate(ToyPass pass) {
    double[] z = pass.z;
    for (int j = 0; j < h; j++) {
      double i = sigmoid(z[j]);
      double f = sigmoid(z[h + j]);
      double g = Math.tanh(z[2 * h + j]);
      double o = sigmoid(z[3 * h + j]);
      pass.cell[j] = f * pass.cell[j] + i * g;
      pass.hidden[j] = o * Math.tanh(pass.cell[j]);
      z[j] = i;
      z[h + j] = f;
      z[2 * h + j] = g;
      z[3 * h + j] = o;
    }
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /** From ∂L/∂y and ∂L/∂last to ∂L/∂x (added to), ∂L/∂initial and the pass's sums. */
  void backward(ToyPass pass, int d, int b, RecurrentOutput dOut, RecurrentInput dIn) {
    int state = (d * pass.batch() + b) * h;
    boolean fromLast = dOut.last() != null;
    load(fromLast ? dOut.last().hidden() : null, state, pass.dHidden);
    load(fromLast ? dOut.last().cell() : null, state, pass.dCell);
    int length = pass.length(b);
    for (int step = length - 1; step >= 0; step--) {
      int time = time(step, length, d);
      int place = pass.place(time, b, d);
      for (int j = 0; j < h && dOut.y() != null; j++) {
        pass.dHidden[j] += get(dOut.y(), place * h + j);
      }
      if (pass.mode() == Mode.TRACING) {
        store(pass.dHidden, pass.stateGradients, place * h);
      }
      gateGradients(pass, place);
      load(pass.input().x(), (time * pass.batch() + b) * features, pass.x);
      load(pass.hiddenBefore, place * h, pass.hidden);
      mask(pass, pass.input().hiddenMask(), state);
      addToSums(pass);
      if (dIn.x() != null) {
        inputGradient(pass, d, dIn.x(), (time * pass.batch() + b) * features);
      }
      hiddenGradient(pass, d, state);
    }
    if (dIn.initial() != null) {
      store(pass.dHidden, dIn.initial().hidden(), state);
      store(pass.dCell, dIn.initial().cell(), state);
    }
  }

  /** ∂L/∂z of the four gates; ∂L/∂c becomes ∂L/∂c′. */
  private void gateGradients(ToyPass pass, int place) {
    for (int j = 0; j < h; j++) {
      double i = get(pass.gates, place * 4 * h + j);
      double f = get(pass.gates, place * 4 * h + h + j);
      double g = get(pass.gates, place * 4 * h + 2 * h + j);
      double o = get(pass.gates, place * 4 * h + 3 * h + j);
      double before = get(pass.cellBefore, place * h + j);
      double phi = Math.tanh(f * before + i * g);
      double dHidden = pass.dHidden[j];
      double dCell = pass.dCell[j] + dHidden * o * (1 - phi * phi);
      pass.dz[j] = dCell * g * i * (1 - i);
      pass.dz[h + j] = dCell * before * f * (1 - f);
      pass.dz[2 * h + j] = dCell * i * (1 - g * g);
      pass.dz[3 * h + j] = dHidden * phi * o * (1 - o);
      pass.dCell[j] = dCell * f;
    }
  }

  /** dW_ih += dz xᵀ, dW_hh += dz h̃ᵀ, db += dz. */
  private void addToSums(ToyPass pass) {
    for (int row = 0; row < pass.dz.length; row++) {
      double dz = pass.dz[row];
      for (int k = 0; k < features; k++) {
        pass.inputSum[row * features + k] += dz * pass.x[k];
      }
      for (int j = 0; j < h; j++) {
        pass.hiddenSum[row * h + j] += dz * pass.masked[j];
      }
      pass.biasSum[row] += dz;
    }
  }

  /** dx += W_ihᵀ dz: the second direction adds to the first. */
  private void inputGradient(ToyPass pass, int d, Tensor dx, int at) {
    double[] sum = pass.x;
    Arrays.fill(sum, 0);
    for (int row = 0; row < pass.dz.length; row++) {
      for (int k = 0; k < features; k++) {
        sum[k] += pass.dz[row] * weights.input[d][row * features + k];
      }
    }
    for (int k = 0; k < features; k++) {
      add(dx, at + k, sum[k]);
    }
  }

  /** dh′ = mask · W_hhᵀ dz. */
  private void hiddenGradient(ToyPass pass, int d, int state) {
    Arrays.fill(pass.hidden, 0);
    for (int row = 0; row < pass.dz.length; row++) {
      for (int j = 0; j < h; j++) {
        pass.hidden[j] += pass.dz[row] * weights.hidden[d][row * h + j];
      }
    }
    mask(pass, pass.input().hiddenMask(), state);
    System.arraycopy(pass.masked, 0, pass.dHidden, 0, h);
  }

  /** Hands one direction's sums on, and empties them for the next. */
  void deliver(ToyPass pass, DirectionWeights sums) {
    if (sums != null) {
      deliver(pass.inputSum, sums.weightIh());
      deliver(pass.hiddenSum, sums.weightHh());
      deliver(pass.biasSum, sums.biasIh());
      deliver(pass.biasSum, sums.biasHh());
    }
    Arrays.fill(pass.inputSum, 0);
    Arrays.fill(pass.hiddenSum, 0);
    Arrays.fill(pass.biasSum, 0);
  }

  private static void deliver(double[] sum, Tensor target) {
    for (int i = 0; target != null && i < sum.length; i++) {
      add(target, i, sum[i]);
    }
  }

  /** An absent tensor is zero. */
  private static void load(Tensor from, int at, double[] to) {
    for (int j = 0; j < to.length; j++) {
      to[j] = from == null ? 0 : get(from, at + j);
    }
  }

  /** An absent tensor is not wanted. */
  private static void store(double[] from, Tensor to, int at) {
    for (int j = 0; to != null && j < from.length; j++) {
      set(to, at + j, from[j]);
    }
  }

  private void zero(Tensor target, int at) {
    for (int j = 0; j < h; j++) {
      set(target, at + j, 0);
    }
  }
}
