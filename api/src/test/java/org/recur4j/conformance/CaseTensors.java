package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.reference.NaiveWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;

/** Everything that goes into a case's forward and backward, and where the results go. */
final class CaseTensors {
  /** Gradients are added to: the sums start at this. */
  static final double START = 0.5;

  final RecurrentCase theCase;
  final CaseData data;
  final Bench bench;
  final RecurrentInput in;
  final RecurrentOutput out;
  final RecurrentOutput dOut;
  final RecurrentInput dIn;
  final RecurrentGradients sums;
  private final DataType type;
  private final List<Tensor> outputs = new ArrayList<>();
  private final List<Tensor> added = new ArrayList<>();

  CaseTensors(Bench bench, RecurrentCase theCase, CaseData data) {
    this.theCase = theCase;
    this.data = data;
    this.bench = bench;
    this.type = theCase.type();
    int steps = theCase.steps();
    int batch = theCase.batch();
    int features = theCase.spec().outputSize();
    in =
        new RecurrentInput(
            bench.input("x", type, data.in().x(), steps, batch, theCase.input()),
            theCase.raggedness() == RecurrentCase.Raggedness.FULL
                ? null
                : Lengths.of(steps, data.in().lengths()),
            theCase.initial()
                ? state("initial", data.in().initialHidden(), data.in().initialCell())
                : null,
            theCase.hiddenMask()
                ? bench.input("hidden mask", type, data.in().hiddenMask(), stateShape())
                : null);
    out = new RecurrentOutput(output("y", steps, batch, features), stateOutput("last"));
    dOut =
        new RecurrentOutput(
            bench.input("dy", type, data.dy(), steps, batch, features),
            state("d_last", data.dLastHidden(), data.dLastCell()));
    dIn =
        new RecurrentInput(
            output("d_x", steps, batch, theCase.input()), null, stateOutput("d_initial"), null);
    List<DirectionWeights> directions = new ArrayList<>();
    int rows = theCase.spec().gates() * theCase.hidden();
    for (NaiveWeights w : data.weights()) {
      directions.add(
          new DirectionWeights(
              sum("d_weight_ih", w.weightIh(), rows, theCase.input()),
              sum("d_weight_hh", w.weightHh(), rows, theCase.hidden()),
              sum("d_bias_ih", w.biasIh(), rows),
              sum("d_bias_hh", w.biasHh(), rows)));
    }
    sums = new RecurrentGradients(directions);
  }

  private CaseTensors(CaseTensors same, CaseData data) {
    this.theCase = same.theCase;
    this.data = data;
    this.bench = same.bench;
    this.type = same.type;
    this.in = same.in;
    this.out = same.out;
    this.dOut = same.dOut;
    this.dIn = same.dIn;
    this.sums = same.sums;
    this.outputs.addAll(same.outputs);
    this.added.addAll(same.added);
  }

  /** The same tensors beside other numbers, which the caller has seen to. */
  CaseTensors holding(CaseData other) {
    return new CaseTensors(this, other);
  }

  /** Writes other inputs and gradients into the same tensors. */
  CaseTensors rewrite(CaseData other) {
    bench.rewrite(other.in().x(), in.x());
    if (in.initial() != null) {
      rewrite(in.initial(), other.in().initialHidden(), other.in().initialCell());
    }
    if (in.hiddenMask() != null) {
      bench.rewrite(other.in().hiddenMask(), in.hiddenMask());
    }
    bench.rewrite(other.dy(), dOut.y());
    rewrite(dOut.last(), other.dLastHidden(), other.dLastCell());
    return holding(other);
  }

  private void rewrite(RecurrentState state, double[] hidden, double[] cell) {
    bench.rewrite(hidden, state.hidden());
    if (state.cell() != null) {
      bench.rewrite(cell, state.cell());
    }
  }

  /** Gradients as before the first run, while y and the last state stay as forward wrote them. */
  void clearGradients() {
    write(dIn.x(), Double.NaN);
    write(dIn.initial().hidden(), Double.NaN);
    if (dIn.initial().cell() != null) {
      write(dIn.initial().cell(), Double.NaN);
    }
    for (Tensor sum : added) {
      write(sum, START);
    }
  }

  /** Everything as before the first run: outputs hold NaN, sums their start. */
  void clear() {
    for (Tensor output : outputs) {
      write(output, Double.NaN);
    }
    for (Tensor sum : added) {
      write(sum, START);
    }
  }

  private void write(Tensor tensor, double value) {
    double[] values = new double[tensor.size()];
    Arrays.fill(values, value);
    bench.write(values, tensor);
  }

  boolean hasUntouchedSums() {
    return added.stream()
        .flatMapToDouble(sum -> Arrays.stream(bench.read(sum)))
        .allMatch(value -> value == START);
  }

  int[] stateShape() {
    return new int[] {theCase.direction().count(), theCase.batch(), theCase.hidden()};
  }

  /** Every result of a forward and a backward, one after the other. */
  List<Contents> everything() {
    return Stream.concat(outputs.stream(), added.stream()).map(bench::contents).toList();
  }

  private Tensor output(String name, int... shape) {
    Tensor output = bench.output(name, type, shape);
    outputs.add(output);
    return output;
  }

  private RecurrentState state(String name, double[] hidden, double[] cell) {
    return new RecurrentState(
        bench.input(name + " hidden", type, hidden, stateShape()),
        cell == null ? null : bench.input(name + " cell", type, cell, stateShape()));
  }

  private RecurrentState stateOutput(String name) {
    return new RecurrentState(
        output(name + " hidden", stateShape()),
        theCase.spec().hasCellState() ? output(name + " cell", stateShape()) : null);
  }

  private Tensor sum(String name, double[] like, int... shape) {
    if (like == null) {
      return null;
    }
    double[] start = Numbers.fill(like.length, i -> START);
    Tensor sum = bench.changing(name, type, start, shape);
    added.add(sum);
    return sum;
  }
}
