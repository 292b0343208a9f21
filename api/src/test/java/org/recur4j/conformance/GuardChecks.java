package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/**
 * Whatever the contract of a plan refuses is refused, by the right kind of error, and the plan goes
 * on as if nothing had been asked. (Moved weights are among {@link PlanLifeChecks}, masks that do
 * not belong among {@link ReuseChecks}, too.)
 */
final class GuardChecks {
  private final Backend backend;

  GuardChecks(Backend backend) {
    this.backend = backend;
  }

  Stream<Check> all() {
    List<Check> checks = new ArrayList<>();
    for (Subject s : Subject.all(backend, Subject.Sizes.SMALL)) {
      add(checks, "a closed plan", s, this::closedPlan);
      add(checks, "a pass whose scope is closed", s, this::closedPass);
      add(checks, "a pass of another plan", s, this::foreignPass);
      add(checks, "backward without what it needs", s, this::notKept);
      add(checks, "traces that are not there", s, this::notTraced);
      add(checks, "operands of forward", s, trial -> new OperandGuards(trial).forward());
      add(checks, "operands of backward", s, trial -> new OperandGuards(trial).backward());
    }
    return checks.stream();
  }

  /** A plan, its case, and what was accepted or refused wrongly so far. */
  record Trial(Subject subject, PlanRun run, Refusals refusals) {
    RecurrentSpec spec() {
      return subject.theCase().spec();
    }

    RecurrentPlan plan() {
      return run.plan;
    }

    CaseTensors tensors() {
      return run.tensors;
    }
  }

  private void add(List<Check> checks, String name, Subject s, Consumer<Trial> body) {
    checks.add(new Check("refused: " + name + ": " + s, () -> run(s, body)));
  }

  private void run(Subject s, Consumer<Trial> body) {
    try (PlanRun run = new PlanRun(backend, s.theCase(), CaseData.of(s.theCase()), s.fusion())) {
      Refusals refusals = new Refusals();
      body.accept(new Trial(s, run, refusals));
      refusals.report();
    }
  }

  private Pass trained(Trial trial, Mode mode) {
    Pass pass = trial.run().open(mode);
    trial.run().forward(pass);
    trial.run().backward(pass);
    return pass;
  }

  private Tensor gates(Trial trial) {
    RecurrentSpec spec = trial.spec();
    RecurrentCase c = trial.subject().theCase();
    return trial
        .run()
        .bench
        .output(
            "trace",
            spec.dataType(),
            c.steps(),
            c.batch(),
            spec.directions(),
            spec.gates() * spec.hiddenSize());
  }

  private void closedPlan(Trial trial) {
    Pass pass = trained(trial, Mode.TRACING);
    Tensor gates = gates(trial);
    trial.plan().close();
    trial.plan().close();
    Refusals refusals = trial.refusals();
    Class<ClosedException> closed = ClosedException.class;
    refusals.expect(closed, "open of a closed plan", () -> trial.run().open(Mode.INFERENCE));
    refusals.expect(closed, "forward of a closed plan", () -> trial.run().forward(pass));
    refusals.expect(closed, "backward of a closed plan", () -> trial.run().backward(pass));
    refusals.expect(
        closed, "read of a closed plan", () -> trial.plan().read(pass, Trace.GATES, gates));
    refusals.expect(closed, "refresh of a closed plan", () -> trial.plan().refresh());
  }

  private void closedPass(Trial trial) {
    RecurrentCase c = trial.subject().theCase();
    for (Mode mode : Mode.values()) {
      for (boolean reset : new boolean[] {false, true}) {
        Scope scope = backend.scope("kit-pass");
        Pass pass = trial.plan().open(scope, new Extent(c.steps(), c.batch()), mode);
        trial.run().forward(pass);
        if (mode.keepsForBackward()) {
          trial.run().backward(pass);
        }
        if (reset) {
          scope.reset();
        } else {
          scope.close();
        }
        String which =
            " in a pass in mode " + mode + (reset ? " of a reset" : " of a closed") + " scope";
        Class<ClosedException> closed = ClosedException.class;
        Refusals refusals = trial.refusals();
        refusals.expect(closed, "forward" + which, () -> trial.run().forward(pass));
        if (mode.keepsForBackward()) {
          refusals.expect(closed, "backward" + which, () -> trial.run().backward(pass));
        }
        if (mode == Mode.TRACING) {
          Tensor gates = gates(trial);
          refusals.expect(
              closed, "read" + which, () -> trial.plan().read(pass, Trace.GATES, gates));
        }
        scope.close();
      }
    }
  }

  private void foreignPass(Trial trial) {
    RecurrentCase c = trial.subject().theCase();
    List<Fusion> others =
        trial.subject().isFused() ? List.of(Fusion.REQUIRE, Fusion.FORBID) : List.of(Fusion.FORBID);
    for (Fusion fusion : others) {
      try (RecurrentPlan other =
          backend.recurrence().plan(trial.spec(), trial.run().weights, fusion)) {
        Pass pass =
            other.open(trial.run().bench.scope(), new Extent(c.steps(), c.batch()), Mode.TRACING);
        other.forward(pass, trial.tensors().in, trial.tensors().out);
        other.backward(pass, trial.tensors().dOut, trial.tensors().dIn, trial.tensors().sums);
        String which = " of another plan, " + (fusion == Fusion.FORBID ? "portable," : "fused,");
        Class<InvalidArgumentException> wrong = InvalidArgumentException.class;
        Refusals refusals = trial.refusals();
        refusals.expect(wrong, "forward in a pass" + which, () -> trial.run().forward(pass));
        refusals.expect(wrong, "backward in a pass" + which, () -> trial.run().backward(pass));
        Tensor gates = gates(trial);
        refusals.expect(
            wrong, "read of a pass" + which, () -> trial.plan().read(pass, Trace.GATES, gates));
      }
    }
  }

  private void notKept(Trial trial) {
    Class<InvalidArgumentException> wrong = InvalidArgumentException.class;
    Pass inference = trial.run().open(Mode.INFERENCE);
    trial.run().forward(inference);
    Refusals refusals = trial.refusals();
    refusals.expect(
        wrong, "backward in a pass in mode INFERENCE", () -> trial.run().backward(inference));
    for (Mode mode : List.of(Mode.TRAINING, Mode.TRACING)) {
      Pass fresh = trial.run().open(mode);
      refusals.expect(
          wrong, "backward before any forward in mode " + mode, () -> trial.run().backward(fresh));
    }
  }

  private void notTraced(Trial trial) {
    Class<InvalidArgumentException> wrong = InvalidArgumentException.class;
    Refusals refusals = trial.refusals();
    Tensor gates = gates(trial);
    for (Mode mode : List.of(Mode.INFERENCE, Mode.TRAINING)) {
      Pass pass = trial.run().open(mode);
      trial.run().forward(pass);
      refusals.expect(
          wrong,
          "read of GATES in mode " + mode,
          () -> trial.plan().read(pass, Trace.GATES, gates));
    }
    Pass pass = trial.run().open(Mode.TRACING);
    refusals.expect(
        wrong, "read of GATES before forward", () -> trial.plan().read(pass, Trace.GATES, gates));
    trial.run().forward(pass);
    RecurrentSpec spec = trial.spec();
    int[] shape = gates.shape().toArray();
    shape[3] = spec.hiddenSize();
    Tensor states = trial.run().bench.output("states", spec.dataType(), shape);
    refusals.expect(
        wrong,
        "read of STATE_GRADIENTS before backward",
        () -> trial.plan().read(pass, Trace.STATE_GRADIENTS, states));
    if (!spec.hasCellState()) {
      refusals.expect(
          wrong,
          "read of CELL_STATES of a cell without any",
          () -> trial.plan().read(pass, Trace.CELL_STATES, states));
    }
    for (int axis = 0; axis < shape.length; axis++) {
      int[] other = gates.shape().toArray();
      other[axis]++;
      Tensor target = trial.run().bench.output("target", spec.dataType(), other);
      refusals.operand(
          "read into a target with axis " + axis + " too long",
          "",
          () -> trial.plan().read(pass, Trace.GATES, target));
    }
    Tensor integers = trial.run().bench.output("target", DataType.INT32, gates.shape().toArray());
    refusals.operand(
        "read into an INT32 target", "", () -> trial.plan().read(pass, Trace.GATES, integers));
  }
}
