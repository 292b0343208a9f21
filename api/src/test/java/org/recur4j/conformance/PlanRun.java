package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.reference.NaiveWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;

/** A case's tensors and plan on one backend; the checks drive it and look. */
final class PlanRun implements AutoCloseable {
  /** Gradients are added to: the sums start at this. */
  static final double START = 0.5;

  final RecurrentCase theCase;
  final CaseData data;
  final Bench bench;
  final RecurrentWeights weights;
  final RecurrentPlan plan;
  final RecurrentInput in;
  final RecurrentOutput out;
  final RecurrentOutput dOut;
  final RecurrentInput dIn;
  final RecurrentGradients sums;
  private final DataType type;
  private final int directions;

  PlanRun(Backend backend, RecurrentCase theCase, CaseData data, Fusion fusion) {
    this.theCase = theCase;
    this.data = data;
    this.type = theCase.type();
    this.directions = theCase.direction().count();
    this.bench = new Bench(backend, theCase.variant() + " case");
    RecurrentSpec spec = theCase.spec();
    List<DirectionWeights> given = new ArrayList<>();
    List<DirectionWeights> added = new ArrayList<>();
    for (NaiveWeights one : data.weights()) {
      given.add(directionWeights("", one, false));
      added.add(directionWeights("d_", one, true));
    }
    weights = new RecurrentWeights(given);
    sums = new RecurrentGradients(added);
    plan = backend.recurrence().plan(spec, weights, fusion);
    int steps = theCase.steps();
    int batch = theCase.batch();
    int outputs = directions * theCase.hidden();
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
    out = new RecurrentOutput(bench.output("y", type, steps, batch, outputs), stateOutput("last"));
    dOut =
        new RecurrentOutput(
            bench.input("dy", type, data.dy(), steps, batch, outputs),
            state("d_last", data.dLastHidden(), data.dLastCell()));
    dIn =
        new RecurrentInput(
            bench.output("d_x", type, steps, batch, theCase.input()),
            null,
            theCase.initial() ? stateOutput("d_initial") : null,
            null);
  }

  Pass open(Mode mode) {
    return plan.open(bench.scope(), new Extent(theCase.steps(), theCase.batch()), mode);
  }

  Tensor trace(Pass pass, Trace what, int features) {
    Tensor target =
        bench.output(what.toString(), type, theCase.steps(), theCase.batch(), directions, features);
    plan.read(pass, what, target);
    return target;
  }

  int[] stateShape() {
    return new int[] {directions, theCase.batch(), theCase.hidden()};
  }

  private RecurrentState state(String name, double[] hidden, double[] cell) {
    return new RecurrentState(
        bench.input(name + " hidden", type, hidden, stateShape()),
        cell == null ? null : bench.input(name + " cell", type, cell, stateShape()));
  }

  private RecurrentState stateOutput(String name) {
    return new RecurrentState(
        bench.output(name + " hidden", type, stateShape()),
        theCase.spec().hasCellState() ? bench.output(name + " cell", type, stateShape()) : null);
  }

  private DirectionWeights directionWeights(String prefix, NaiveWeights w, boolean sum) {
    int rows = theCase.spec().gates() * theCase.hidden();
    return new DirectionWeights(
        weight(prefix + "weight_ih", w.weightIh(), sum, rows, theCase.input()),
        weight(prefix + "weight_hh", w.weightHh(), sum, rows, theCase.hidden()),
        weight(prefix + "bias_ih", w.biasIh(), sum, rows),
        weight(prefix + "bias_hh", w.biasHh(), sum, rows));
  }

  private Tensor weight(String name, double[] values, boolean sum, int... shape) {
    if (values == null) {
      return null;
    }
    return sum
        ? bench.changing(name, type, Numbers.fill(values.length, i -> START), shape)
        : bench.input(name, type, values, shape);
  }

  @Override
  public void close() {
    plan.close();
    bench.close();
  }
}
