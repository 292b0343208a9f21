package org.recur4j.models.diagnosis;

import java.util.Arrays;
import java.util.Optional;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.models.layer.LayerTrace;

/**
 * Estimates the norms of step Jacobians by power iteration. Each step starts from the final vector
 * of the previous one, because the Jacobians of adjacent steps are similar. The estimate is a lower
 * bound.
 */
final class JacobianMeter {
  private static final int FIRST_ITERATIONS = 24;
  private static final int ITERATIONS = 4;

  private double sum;
  private double largest;
  private long count;

  /** Adds all valid steps of all rows; has no effect if the layer has no Jacobians. */
  void add(LayerTrace trace, double[] weights, double[] bias) {
    LayerTrace.Planned planned = trace.planned();
    if (planned == null || !StepJacobian.obstacle(planned.spec()).isEmpty()) {
      return;
    }
    StepJacobian jacobian = new StepJacobian(planned.spec(), weights);
    for (int row = 0; row < trace.lengths().batch(); row++) {
      new Walk(trace, jacobian, weights, bias, row).run();
    }
  }

  Optional<JacobianNorms> norms() {
    return count == 0 ? Optional.empty() : Optional.of(new JacobianNorms(sum / count, largest));
  }

  private void note(double norm) {
    sum += norm;
    largest = Math.max(largest, norm);
    count++;
  }

  /**
   * Estimates ‖J‖₂ from below; the unit vector v converges to the dominant right singular vector.
   */
  static double norm(StepJacobian jacobian, double[] v, int iterations) {
    double[] forward = new double[v.length];
    double norm = 0;
    for (int i = 0; i < iterations; i++) {
      jacobian.times(v, forward);
      norm = length(forward);
      if (norm == 0 || !Double.isFinite(norm)) {
        return norm;
      }
      jacobian.transposedTimes(forward, v);
      double length = length(v);
      for (int j = 0; j < v.length; j++) {
        v[j] /= length;
      }
    }
    return norm;
  }

  private static double length(double[] v) {
    double sum = 0;
    for (double x : v) {
      sum += x * x;
    }
    return Math.sqrt(sum);
  }

  /** Iterates over the steps of one row, first to last, tracking the state before each step. */
  private final class Walk {
    private final LayerTrace trace;
    private final LayerTrace.Planned planned;
    private final StepJacobian jacobian;
    private final double[] weights;
    private final double[] bias;
    private final int row;
    private final int size;
    private final double[] previous;
    private final double[] previousCell;

    Walk(LayerTrace trace, StepJacobian jacobian, double[] weights, double[] bias, int row) {
      this.trace = trace;
      this.planned = trace.planned();
      this.jacobian = jacobian;
      this.weights = weights;
      this.bias = bias;
      this.row = row;
      this.size = trace.hiddenSize();
      this.previous = begin(planned.initialHidden());
      this.previousCell = begin(planned.initialCell());
    }

    private double[] begin(double[] initial) {
      return initial == null
          ? new double[size]
          : Arrays.copyOfRange(initial, row * size, (row + 1) * size);
    }

    void run() {
      double[] v = new double[jacobian.stateSize()];
      new Philox(1).fillGaussian(v, 0, v.length, RandomStream.CUSTOM.at(0), 0);
      int length = trace.lengths().get(row);
      for (int walked = 0; walked < length; walked++) {
        step(trace.time(row, length - 1 - walked));
        note(norm(jacobian, v, walked == 0 ? FIRST_ITERATIONS : ITERATIONS));
      }
    }

    private void step(int time) {
      int place = time * trace.lengths().batch() + row;
      double[] gates = planned.gates();
      int from = place * planned.spec().gates() * size;
      if (planned.spec().cell() == CellKind.VANILLA) {
        jacobian.vanilla(gates, from);
      } else if (planned.spec().cell() == CellKind.LSTM) {
        jacobian.lstm(gates, from, planned.cellStates(), place * size, previousCell);
        System.arraycopy(planned.cellStates(), place * size, previousCell, 0, size);
      } else {
        jacobian.gru(gates, from, previous, candidate());
        for (int j = 0; j < size; j++) {
          double z = gates[from + size + j];
          previous[j] = (1 - z) * gates[from + 2 * size + j] + z * previous[j];
        }
      }
    }

    /** Returns W_n h′ + b_hn. */
    private double[] candidate() {
      double[] sums = new double[size];
      for (int j = 0; j < size; j++) {
        int weightRow = 2 * size + j;
        sums[j] = bias == null ? 0 : bias[weightRow];
        for (int i = 0; i < size; i++) {
          sums[j] += weights[weightRow * size + i] * previous[i];
        }
      }
      return sums;
    }
  }
}
