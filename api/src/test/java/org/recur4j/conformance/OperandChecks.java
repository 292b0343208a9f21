package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.reference.NaiveGradients;
import org.recur4j.api.reference.NaiveWeights;
import org.recur4j.api.tensor.Tensor;

/**
 * What a plan makes of operands that callers use again: tensors with other contents, one forward
 * with two backward passes, gradients of one part of a state, and a single weight that moved.
 */
final class OperandChecks {
  private final Backend backend;

  OperandChecks(Backend backend) {
    this.backend = backend;
  }

  Stream<Check> all() {
    List<Check> checks = new ArrayList<>();
    for (Subject s : Subject.all(backend, Subject.Sizes.SMALL)) {
      checks.add(new Check("operands written again in place: " + s, () -> rewritten(s)));
      checks.add(new Check("backward twice after one forward: " + s, () -> twice(s)));
      checks.add(new Check("one weight moved: " + s, () -> oneWeight(s)));
      if (s.theCase().spec().hasCellState()) {
        checks.add(new Check("gradients of one part of a state: " + s, () -> parts(s)));
      }
    }
    return checks.stream();
  }

  private PlanRun run(Subject s) {
    return new PlanRun(backend, s.theCase(), CaseData.of(s.theCase()), s.fusion());
  }

  /** The tensors of the first call hold other numbers in the second one. */
  private void rewritten(Subject s) {
    for (Mode mode : Mode.values()) {
      try (PlanRun run = run(s)) {
        Pass pass = run.open(mode);
        step(run, pass, run.tensors);
        CaseData other = CaseData.of(s.theCase(), run.tensors.data.weights(), 1);
        compare(
            mode + ", after the operands were written again in place, ",
            run,
            pass,
            run.tensors.rewrite(other));
      }
    }
  }

  private void twice(Subject s) {
    for (Mode mode : List.of(Mode.TRAINING, Mode.TRACING)) {
      try (PlanRun run = run(s)) {
        Pass pass = run.open(mode);
        step(run, pass, run.tensors);
        run.tensors.clearGradients();
        run.backward(pass);
        new AgainstOracle(mode + ", backward a second time, ", run.tensors)
            .backward(run.tensors.data.gradients());
        run.tensors.clearGradients();
        run.plan.backward(pass, run.tensors.dOut, run.tensors.dIn, null);
        Expect.that(
            run.tensors.hasUntouchedSums(),
            mode
                + ", a third time without sums: those of the backward before it were written."
                + " Forget the operands of a call that is over");
      }
    }
  }

  /** What refresh finds moved may be any one of the weights. */
  private void oneWeight(Subject s) {
    try (PlanRun run = run(s)) {
      Pass pass = run.open(Mode.INFERENCE);
      List<NaiveWeights> now = new ArrayList<>(run.tensors.data.weights());
      List<NaiveWeights> other = CaseData.otherWeights(s.theCase());
      for (int d = 0; d < now.size(); d++) {
        DirectionWeights to = run.weights.directions().get(d);
        NaiveWeights from = other.get(d);
        String where = "after refresh, when of direction " + d + " nothing moved but ";
        NaiveWeights w = now.get(d);
        w = new NaiveWeights(from.weightIh(), w.weightHh(), w.biasIh(), w.biasHh());
        move(where + "weight_ih, ", run, pass, to.weightIh(), from.weightIh(), now, d, w);
        w = new NaiveWeights(w.weightIh(), from.weightHh(), w.biasIh(), w.biasHh());
        move(where + "weight_hh, ", run, pass, to.weightHh(), from.weightHh(), now, d, w);
        if (to.biasIh() != null) {
          w = new NaiveWeights(w.weightIh(), w.weightHh(), from.biasIh(), w.biasHh());
          move(where + "bias_ih, ", run, pass, to.biasIh(), from.biasIh(), now, d, w);
        }
        if (to.biasHh() != null) {
          w = new NaiveWeights(w.weightIh(), w.weightHh(), w.biasIh(), from.biasHh());
          move(where + "bias_hh, ", run, pass, to.biasHh(), from.biasHh(), now, d, w);
        }
      }
    }
  }

  private static void move(
      String where,
      PlanRun run,
      Pass pass,
      Tensor weight,
      double[] values,
      List<NaiveWeights> now,
      int direction,
      NaiveWeights moved) {
    run.bench.rewrite(values, weight);
    run.plan.refresh();
    now.set(direction, moved);
    CaseData data = run.tensors.data.with(run.theCase, List.copyOf(now));
    CaseTensors tensors = run.tensors.holding(data);
    tensors.clear();
    run.plan.forward(pass, tensors.in, tensors.out);
    new AgainstOracle(where, tensors).forward(data.result());
  }

  /** An LSTM's ∂L/∂h and ∂L/∂c are given and wanted one without the other. */
  private void parts(Subject s) {
    try (PlanRun run = run(s)) {
      Pass pass = run.open(Mode.TRAINING);
      CaseTensors tensors = run.tensors;
      for (boolean hidden : new boolean[] {true, false}) {
        tensors.clear();
        run.forward(pass);
        run.plan.backward(
            pass,
            new RecurrentOutput(tensors.dOut.y(), part(tensors.dOut.last(), hidden)),
            new RecurrentInput(tensors.dIn.x(), null, part(tensors.dIn.initial(), hidden), null),
            tensors.sums);
        NaiveGradients want = tensors.data.gradients(true, hidden, !hidden);
        String where = hidden ? "h without c of dLast and dInitial, " : "c without h of both, ";
        AgainstOracle compare = new AgainstOracle(where, tensors);
        compare.gradient("d_x", tensors.dIn.x(), want.x(), Advice.BACKWARD);
        RecurrentState got = tensors.dIn.initial();
        if (hidden) {
          compare.gradient("d_initial hidden", got.hidden(), want.initialHidden(), Advice.BACKWARD);
        } else {
          compare.gradient("d_initial cell", got.cell(), want.initialCell(), Advice.BACKWARD);
        }
        compare.sums(want.weights());
      }
    }
  }

  private static RecurrentState part(RecurrentState state, boolean hidden) {
    return hidden
        ? new RecurrentState(state.hidden(), null)
        : new RecurrentState(null, state.cell());
  }

  private static void step(PlanRun run, Pass pass, CaseTensors tensors) {
    tensors.clear();
    run.plan.forward(pass, tensors.in, tensors.out);
    if (pass.mode().keepsForBackward()) {
      run.plan.backward(pass, tensors.dOut, tensors.dIn, tensors.sums);
    }
  }

  private static void compare(String where, PlanRun run, Pass pass, CaseTensors tensors) {
    step(run, pass, tensors);
    AgainstOracle compare = new AgainstOracle(where, tensors);
    compare.forward(tensors.data.result());
    if (pass.mode().keepsForBackward()) {
      compare.backward(tensors.data.gradients());
    }
  }
}
