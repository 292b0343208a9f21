package org.recur4j.conformance;

import java.util.List;
import java.util.stream.Stream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.recurrent.Verdict;
import org.recur4j.api.reference.AllowedError;
import org.recur4j.api.reference.NaiveGradients;
import org.recur4j.api.reference.NaiveResult;
import org.recur4j.api.reference.NaiveWeights;
import org.recur4j.api.tensor.Tensor;

/** Every generated case, forward, backward and traces, portable and (where there is one) fused. */
final class RecurrentChecks {
  private final Backend backend;
  private final List<Promise> promises;

  RecurrentChecks(Backend backend, List<Promise> promises) {
    this.backend = backend;
    this.promises = promises;
  }

  Stream<Check> of(Stream<RecurrentCase> cases) {
    return cases.map(c -> new Check(c.toString(), () -> run(c)));
  }

  private void run(RecurrentCase c) {
    Verdict verdict = backend.recurrence().assess(c.spec());
    for (Promise promise : promises) {
      if (promise.covers().test(c.spec()) && !verdict.fused()) {
        throw new AssertionError(
            c
                + ": promised fused ("
                + promise.description()
                + ") but assess says: "
                + verdict.reason()
                + ". Run it fused or narrow the promise");
      }
    }
    CaseData data = CaseData.of(c);
    compare(c, data, Fusion.FORBID, false);
    if (verdict.fused()) {
      compare(c, data, Fusion.AUTO, true);
    }
  }

  private void compare(RecurrentCase c, CaseData data, Fusion fusion, boolean fused) {
    String engine = fused ? "fused" : "portable";
    String prefix = engine + " " + c + ": ";
    try (PlanRun run = new PlanRun(backend, c, data, fusion)) {
      if (run.plan.report().verdict().fused() != fused) {
        throw new AssertionError(
            prefix
                + "the plan's report says "
                + run.plan.report().verdict()
                + ". assess, plan and report must agree");
      }
      Pass pass = run.open(Mode.TRACING);
      run.plan.forward(pass, run.in, run.out);
      forward(prefix, run, data.result());
      traces(prefix, run, pass, data.result());
      run.plan.backward(pass, run.dOut, run.dIn, run.sums);
      backward(prefix, run, pass, data.gradients());
      try {
        run.bench.inspect();
      } catch (AssertionError broken) {
        throw new AssertionError(prefix + broken.getMessage(), broken);
      }
    }
  }

  private static void forward(String prefix, PlanRun run, NaiveResult want) {
    double tolerance = AllowedError.forward(run.theCase.type());
    check(prefix + "y", run, run.out.y(), want.y(), tolerance);
    exactPastLengths(prefix + "y", run, run.out.y());
    state(prefix + "last", run, run.out.last(), want.lastHidden(), want.lastCell(), tolerance);
  }

  private static void traces(String prefix, PlanRun run, Pass pass, NaiveResult want) {
    double tolerance = AllowedError.forward(run.theCase.type());
    int hidden = run.theCase.hidden();
    Tensor gates = run.trace(pass, Trace.GATES, run.theCase.spec().gates() * hidden);
    check(prefix + "trace GATES", run, gates, want.gates(), tolerance);
    if (want.cellStates() != null) {
      Tensor cells = run.trace(pass, Trace.CELL_STATES, hidden);
      check(prefix + "trace CELL_STATES", run, cells, want.cellStates(), tolerance);
    }
  }

  private static void backward(String prefix, PlanRun run, Pass pass, NaiveGradients want) {
    double tolerance = AllowedError.gradient(run.theCase.type());
    Tensor traced = run.trace(pass, Trace.STATE_GRADIENTS, run.theCase.hidden());
    check(prefix + "trace STATE_GRADIENTS", run, traced, want.stateGradients(), tolerance);
    check(prefix + "d_x", run, run.dIn.x(), want.x(), tolerance);
    exactPastLengths(prefix + "d_x", run, run.dIn.x());
    if (run.dIn.initial() != null) {
      state(
          prefix + "d_initial",
          run,
          run.dIn.initial(),
          want.initialHidden(),
          want.initialCell(),
          tolerance);
    }
    for (int d = 0; d < want.weights().size(); d++) {
      DirectionWeights got = run.sums.directions().get(d);
      NaiveWeights sum = want.weights().get(d);
      String where = prefix + "direction " + d + " d_";
      added(where + "weight_ih", run, got.weightIh(), sum.weightIh());
      added(where + "weight_hh", run, got.weightHh(), sum.weightHh());
      added(where + "bias_ih", run, got.biasIh(), sum.biasIh());
      added(where + "bias_hh", run, got.biasHh(), sum.biasHh());
    }
  }

  private static void added(String what, PlanRun run, Tensor got, double[] want) {
    if (got != null) {
      double[] sum = Numbers.fill(want.length, i -> want[i] + PlanRun.START);
      check(what, run, got, sum, AllowedError.gradient(run.theCase.type()));
    }
  }

  private static void state(
      String what, PlanRun run, RecurrentState got, double[] hidden, double[] cell, double bound) {
    check(what + " hidden", run, got.hidden(), hidden, bound);
    if (cell != null) {
      check(what + " cell", run, got.cell(), cell, bound);
    }
  }

  private static void check(String what, PlanRun run, Tensor got, double[] want, double tolerance) {
    Comparison.check(what, run.bench.read(got), want, tolerance, got.shape().toArray());
  }

  private static void exactPastLengths(String what, PlanRun run, Tensor tensor) {
    double[] values = run.bench.read(tensor);
    int features = tensor.extent(2);
    int batch = tensor.extent(1);
    for (int i = 0; i < values.length; i++) {
      int row = i / features % batch;
      int time = i / features / batch;
      if (time >= run.data.in().length(row) && values[i] != 0) {
        throw new AssertionError(
            what
                + "["
                + time
                + ", "
                + row
                + "] past length "
                + run.data.in().length(row)
                + " is "
                + values[i]
                + ", want exactly 0");
      }
    }
  }
}
