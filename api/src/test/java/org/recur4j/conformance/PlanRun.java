package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.reference.NaiveWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** A case's tensors and plan on one backend; the checks drive it and look. */
final class PlanRun implements AutoCloseable {
  final RecurrentCase theCase;
  final Bench bench;
  final RecurrentWeights weights;
  final RecurrentPlan plan;
  final CaseTensors tensors;
  private final DataType type;

  PlanRun(Backend backend, RecurrentCase theCase, CaseData data, Fusion fusion) {
    this.theCase = theCase;
    this.type = theCase.type();
    this.bench = new Bench(backend, theCase.variant() + " case");
    List<DirectionWeights> given = new ArrayList<>();
    int rows = theCase.spec().gates() * theCase.hidden();
    for (NaiveWeights w : data.weights()) {
      given.add(
          new DirectionWeights(
              weight("weight_ih", w.weightIh(), rows, theCase.input()),
              weight("weight_hh", w.weightHh(), rows, theCase.hidden()),
              weight("bias_ih", w.biasIh(), rows),
              weight("bias_hh", w.biasHh(), rows)));
    }
    weights = new RecurrentWeights(given);
    plan = backend.recurrence().plan(theCase.spec(), weights, fusion);
    tensors = new CaseTensors(bench, theCase, data);
  }

  /** A pass that just holds the case. */
  Pass open(Mode mode) {
    return plan.open(bench.scope(), new Extent(theCase.steps(), theCase.batch()), mode);
  }

  void forward(Pass pass) {
    plan.forward(pass, tensors.in, tensors.out);
  }

  void backward(Pass pass) {
    plan.backward(pass, tensors.dOut, tensors.dIn, tensors.sums);
  }

  Tensor trace(Pass pass, Trace what, int features) {
    int directions = theCase.direction().count();
    Tensor target =
        bench.output(what.toString(), type, theCase.steps(), theCase.batch(), directions, features);
    plan.read(pass, what, target);
    return target;
  }

  /** Writes other weights; the plan is not told. */
  void move(List<NaiveWeights> other) {
    for (int d = 0; d < other.size(); d++) {
      DirectionWeights to = weights.directions().get(d);
      NaiveWeights from = other.get(d);
      bench.rewrite(from.weightIh(), to.weightIh());
      bench.rewrite(from.weightHh(), to.weightHh());
      if (from.biasIh() != null) {
        bench.rewrite(from.biasIh(), to.biasIh());
      }
      if (from.biasHh() != null) {
        bench.rewrite(from.biasHh(), to.biasHh());
      }
    }
  }

  private Tensor weight(String name, double[] values, int... shape) {
    return values == null ? null : bench.input(name, type, values, shape);
  }

  @Override
  public void close() {
    plan.close();
    bench.close();
  }
}
