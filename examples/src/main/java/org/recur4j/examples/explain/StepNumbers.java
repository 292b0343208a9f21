package org.recur4j.examples.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.reference.NaiveInput;
import org.recur4j.api.reference.NaiveRecurrence;
import org.recur4j.api.reference.NaiveResult;
import org.recur4j.api.reference.NaiveWeights;

/**
 * The numbers of one recurrent layer, one direction and one step, in double precision.
 *
 * @param spec what the layer computes; one direction
 * @param weights its weights
 * @param time the step, from 0
 * @param x {@code [I]}
 * @param previous h′ {@code [H]}
 * @param previousCell c′ {@code [H]}; null unless LSTM
 * @param gates activated {@code [G][H]}; of the vanilla cell h itself
 * @param cell c {@code [H]}; null unless LSTM
 * @param hidden h {@code [H]}
 */
record StepNumbers(
    RecurrentSpec spec,
    NaiveWeights weights,
    int time,
    double[] x,
    double[] previous,
    double[] previousCell,
    List<double[]> gates,
    double[] cell,
    double[] hidden) {

  /**
   * Runs a whole sequence, one direction, and keeps the numbers of one step. Initial states {@code
   * [H]} may be null for zeros.
   */
  static StepNumbers of(
      RecurrentSpec spec,
      NaiveWeights weights,
      double[] initial,
      double[] initialCell,
      double[] inputs,
      int time) {
    int size = spec.hiddenSize();
    int steps = inputs.length / spec.inputSize();
    NaiveRecurrence layer = new NaiveRecurrence(spec, List.of(weights));
    NaiveResult result =
        layer.forward(new NaiveInput(steps, 1, inputs, null, initial, initialCell, null));
    int before = spec.direction().isReverse(0) ? time + 1 : time - 1;
    boolean first = before < 0 || before >= steps;
    List<double[]> gates = new ArrayList<>();
    for (int g = 0; g < spec.gates(); g++) {
      gates.add(part(result.gates(), time * spec.gates() + g, size));
    }
    boolean lstm = spec.hasCellState();
    return new StepNumbers(
        spec,
        weights,
        time,
        part(inputs, time, spec.inputSize()),
        first ? orZeros(initial, size) : part(result.y(), before, size),
        lstm ? first ? orZeros(initialCell, size) : part(result.cellStates(), before, size) : null,
        gates,
        lstm ? part(result.cellStates(), time, size) : null,
        part(result.y(), time, size));
  }

  /** W_ih x of one gate. */
  double[] inputProduct(int gate) {
    return product(weights.weightIh(), gate, x);
  }

  /** W_hh v of one gate. */
  double[] hiddenProduct(int gate, double[] v) {
    return product(weights.weightHh(), gate, v);
  }

  /** One gate's part of bias_ih; zeros where there is none. */
  double[] inputBias(int gate) {
    return part(weights.biasIh(), gate);
  }

  /** One gate's part of bias_hh; zeros where there is none. */
  double[] hiddenBias(int gate) {
    return part(weights.biasHh(), gate);
  }

  /** Both biases of one gate, added up. */
  double[] bias(int gate) {
    double[] sums = inputBias(gate);
    double[] hiddenPart = hiddenBias(gate);
    for (int i = 0; i < sums.length; i++) {
      sums[i] += hiddenPart[i];
    }
    return sums;
  }

  private double[] part(double[] bias, int gate) {
    return bias == null ? new double[hidden.length] : part(bias, gate, hidden.length);
  }

  private double[] product(double[] matrix, int gate, double[] v) {
    double[] sums = new double[hidden.length];
    for (int row = 0; row < sums.length; row++) {
      for (int i = 0; i < v.length; i++) {
        sums[row] += matrix[(gate * sums.length + row) * v.length + i] * v[i];
      }
    }
    return sums;
  }

  private static double[] orZeros(double[] values, int size) {
    return values == null ? new double[size] : values;
  }

  private static double[] part(double[] all, int index, int size) {
    return Arrays.copyOfRange(all, index * size, (index + 1) * size);
  }
}
