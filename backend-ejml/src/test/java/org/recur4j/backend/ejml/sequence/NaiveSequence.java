package org.recur4j.backend.ejml.sequence;

import org.recur4j.api.spi.FusedCell;

/**
 * The equations of the cells written out in double precision, row by row, to compare the planes
 * with.
 */
final class NaiveSequence {
  final FusedCell cell;
  final int steps;
  final int batch;
  final int inputSize;
  final int hiddenSize;
  final int directions;
  final int[] lengths;

  /** x, initial h, initial c, mask, then per direction weight_ih, weight_hh, bias_ih, bias_hh. */
  final double[][] values;

  NaiveSequence(
      FusedCell cell,
      int steps,
      int batch,
      int inputSize,
      int hiddenSize,
      int directions,
      int[] lengths) {
    this.cell = cell;
    this.steps = steps;
    this.batch = batch;
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    this.directions = directions;
    this.lengths = lengths;
    this.values = new double[4 + 4 * directions][];
    int states = directions * batch * hiddenSize;
    int rows = cell.gates() * hiddenSize;
    values[0] = new double[steps * batch * inputSize];
    values[1] = new double[states];
    values[2] = new double[states];
    values[3] = new double[states];
    for (int d = 0; d < directions; d++) {
      values[4 + 4 * d] = new double[rows * inputSize];
      values[5 + 4 * d] = new double[rows * hiddenSize];
      values[6 + 4 * d] = new double[rows];
      values[7 + 4 * d] = new double[rows];
    }
  }

  /** y, last h, last c. */
  double[][] run() {
    int states = directions * batch * hiddenSize;
    double[][] out = {
      new double[steps * batch * directions * hiddenSize], values[1].clone(), new double[states]
    };
    out[2] = values[2].clone();
    for (int d = 0; d < directions; d++) {
      for (int b = 0; b < batch; b++) {
        int state = (d * batch + b) * hiddenSize;
        for (int s = 0; s < lengths[b]; s++) {
          int t = d == 0 ? s : lengths[b] - 1 - s;
          step(d, (t * batch + b) * inputSize, state, out);
          System.arraycopy(
              out[1], state, out[0], ((t * batch + b) * directions + d) * hiddenSize, hiddenSize);
        }
      }
    }
    return out;
  }

  private void step(int d, int x, int state, double[][] out) {
    int h = hiddenSize;
    double[] before = new double[h];
    double[] left = new double[h];
    double[] reset = new double[h];
    for (int j = 0; j < h; j++) {
      before[j] = out[1][state + j];
      left[j] = before[j] * values[3][state + j];
    }
    for (int j = 0; j < h && cell.isGru(); j++) {
      reset[j] = left[j] * sigmoid(input(d, j, x) + recurrent(d, j, left));
    }
    for (int j = 0; j < h; j++) {
      double z = input(d, j, x) + recurrent(d, j, left);
      switch (cell) {
        case TANH -> out[1][state + j] = Math.tanh(z);
        case RELU -> out[1][state + j] = Math.max(0, z);
        case LSTM -> {
          double f = sigmoid(input(d, h + j, x) + recurrent(d, h + j, left));
          double g = Math.tanh(input(d, 2 * h + j, x) + recurrent(d, 2 * h + j, left));
          double o = sigmoid(input(d, 3 * h + j, x) + recurrent(d, 3 * h + j, left));
          out[2][state + j] = f * out[2][state + j] + sigmoid(z) * g;
          out[1][state + j] = o * Math.tanh(out[2][state + j]);
        }
        default -> {
          double u = sigmoid(input(d, h + j, x) + recurrent(d, h + j, left));
          double n =
              cell == FusedCell.GRU_RESET_AFTER
                  ? Math.tanh(input(d, 2 * h + j, x) + sigmoid(z) * recurrent(d, 2 * h + j, left))
                  : Math.tanh(input(d, 2 * h + j, x) + recurrent(d, 2 * h + j, reset));
          out[1][state + j] = (1 - u) * n + u * before[j];
        }
      }
    }
  }

  private double input(int d, int row, int x) {
    double sum = values[6 + 4 * d][row];
    for (int i = 0; i < inputSize; i++) {
      sum += values[4 + 4 * d][row * inputSize + i] * values[0][x + i];
    }
    return sum;
  }

  private double recurrent(int d, int row, double[] left) {
    double sum = values[7 + 4 * d][row];
    for (int i = 0; i < hiddenSize; i++) {
      sum += values[5 + 4 * d][row * hiddenSize + i] * left[i];
    }
    return sum;
  }

  private static double sigmoid(double v) {
    return 1 / (1 + Math.exp(-v));
  }
}
