package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;

/** Every operand of forward and backward, missing, superfluous, too long on an axis, of INT32. */
final class OperandGuards {
  /** What a pass gets wrong without any refusal must not be put down to the refusals. */
  private static final String BEFORE =
      "before anything was refused, so this is a fault of the plan and not of its refusals, ";

  private final PlanRun run;
  private final CaseTensors tensors;
  private final Refusals refusals;
  private final boolean lstm;

  OperandGuards(GuardChecks.Trial trial) {
    this.run = trial.run();
    this.tensors = trial.tensors();
    this.refusals = trial.refusals();
    this.lstm = trial.spec().hasCellState();
  }

  /** Calls with one operand exchanged. */
  private interface With {
    void call(Tensor operand);
  }

  /** Wrong copies of an operand: each axis one too long, one axis less, another type. */
  private void wrong(String operation, String name, Tensor right, With with) {
    DataType type = right.dataType();
    for (int axis = 0; axis < right.shape().rank(); axis++) {
      int[] shape = right.shape().toArray();
      shape[axis]++;
      Tensor wrong = run.bench.output(name, type, shape);
      String what = operation + " with " + name + " one too long on axis " + axis;
      refusals.operand(what, name, () -> with.call(wrong));
    }
    Tensor flat = run.bench.output(name, type, right.size(), 1, 1, 1);
    refusals.operand(operation + " with " + name + " of rank 4", name, () -> with.call(flat));
    Tensor integers = run.bench.output(name, DataType.INT32, right.shape().toArray());
    refusals.operand(operation + " with " + name + " of INT32", name, () -> with.call(integers));
  }

  private void wrongState(String operation, String name, RecurrentState right, WithState with) {
    wrong(
        operation,
        name + " hidden",
        right.hidden(),
        operand -> with.call(new RecurrentState(operand, right.cell())));
    if (lstm) {
      wrong(
          operation,
          name + " cell",
          right.cell(),
          operand -> with.call(new RecurrentState(right.hidden(), operand)));
      return;
    }
    refusals.operand(
        operation + " with " + name + " with a cell part of a cell without any",
        name,
        () -> with.call(new RecurrentState(right.hidden(), right.hidden())));
  }

  private interface WithState {
    void call(RecurrentState state);
  }

  /** Those that go in or come out whole. */
  private void incomplete(String name, RecurrentState right, WithState with) {
    refusals.operand(
        "forward with the " + name + " state without hidden part",
        name,
        () -> with.call(new RecurrentState(null, right.cell())));
    if (lstm) {
      refusals.operand(
          "forward with the " + name + " state of an LSTM without cell part",
          name,
          () -> with.call(new RecurrentState(right.hidden(), null)));
    }
  }

  void forward() {
    for (Mode mode : List.of(Mode.INFERENCE, Mode.TRAINING)) {
      Pass pass = run.open(mode);
      AgainstOracle.run(BEFORE, run, pass);
      forward(pass);
      AgainstOracle.run("after the refusals, ", run, pass);
    }
  }

  private void forward(Pass pass) {
    RecurrentInput in = tensors.in;
    RecurrentOutput out = tensors.out;
    refusals.operand(
        "forward without x",
        "x",
        () -> forward(pass, new RecurrentInput(null, in.lengths(), in.initial(), in.hiddenMask())));
    wrong(
        "forward",
        "x",
        in.x(),
        operand ->
            forward(
                pass, new RecurrentInput(operand, in.lengths(), in.initial(), in.hiddenMask())));
    lengths(pass, in);
    WithState initial =
        state -> forward(pass, new RecurrentInput(in.x(), in.lengths(), state, in.hiddenMask()));
    wrongState("forward", "initial", in.initial(), initial);
    incomplete("initial", in.initial(), initial);
    With mask =
        operand -> forward(pass, new RecurrentInput(in.x(), in.lengths(), in.initial(), operand));
    if (in.hiddenMask() == null) {
      refusals.operand(
          "forward with a superfluous mask", "mask", () -> mask.call(in.initial().hidden()));
    } else {
      refusals.operand("forward without its mask", "mask", () -> mask.call(null));
      wrong("forward", "hidden mask", in.hiddenMask(), mask);
    }
    wrong(
        "forward",
        "y",
        out.y(),
        operand -> run.plan.forward(pass, in, new RecurrentOutput(operand, out.last())));
    WithState last = state -> run.plan.forward(pass, in, new RecurrentOutput(out.y(), state));
    wrongState("forward", "last", out.last(), last);
    incomplete("last", out.last(), last);
  }

  private void lengths(Pass pass, RecurrentInput in) {
    int steps = in.x().extent(0);
    int batch = in.x().extent(1);
    for (Lengths wrong :
        List.of(
            Lengths.full(steps + 1, batch),
            Lengths.full(steps, batch + 1),
            Lengths.full(steps - 1, batch))) {
      refusals.operand(
          "forward with lengths " + wrong,
          "lengths",
          () -> forward(pass, new RecurrentInput(in.x(), wrong, in.initial(), in.hiddenMask())));
    }
  }

  private void forward(Pass pass, RecurrentInput in) {
    run.plan.forward(pass, in, tensors.out);
  }

  void backward() {
    Pass pass = run.open(Mode.TRAINING);
    AgainstOracle.run(BEFORE, run, pass);
    RecurrentOutput dOut = tensors.dOut;
    wrong(
        "backward",
        "dy",
        dOut.y(),
        operand -> backward(pass, new RecurrentOutput(operand, dOut.last()), tensors.dIn));
    wrongState(
        "backward",
        "dLast",
        dOut.last(),
        state -> backward(pass, new RecurrentOutput(dOut.y(), state), tensors.dIn));
    RecurrentInput dIn = tensors.dIn;
    wrong(
        "backward",
        "dx",
        dIn.x(),
        operand -> backward(pass, dOut, new RecurrentInput(operand, null, dIn.initial(), null)));
    wrongState(
        "backward",
        "dInitial",
        dIn.initial(),
        state -> backward(pass, dOut, new RecurrentInput(dIn.x(), null, state, null)));
    sums(pass);
    tensors.clear();
    run.backward(pass);
    new AgainstOracle("after the refusals, ", tensors).backward(tensors.data.gradients());
  }

  private void backward(Pass pass, RecurrentOutput dOut, RecurrentInput dIn) {
    run.plan.backward(pass, dOut, dIn, tensors.sums);
  }

  private void sums(Pass pass) {
    List<DirectionWeights> right = tensors.sums.directions();
    List<DirectionWeights> more = new ArrayList<>(right);
    more.add(right.get(0));
    refusals.operand(
        "backward with gradients of a direction too many", "direction", () -> sums(pass, more));
    refusals.operand(
        "backward with gradients of no direction", "direction", () -> sums(pass, List.of()));
    for (int d = 0; d < right.size(); d++) {
      DirectionWeights w = right.get(d);
      int direction = d;
      gradient(
          "weight_ih",
          w.weightIh(),
          g ->
              replaced(
                  pass, direction, new DirectionWeights(g, w.weightHh(), w.biasIh(), w.biasHh())));
      gradient(
          "weight_hh",
          w.weightHh(),
          g ->
              replaced(
                  pass, direction, new DirectionWeights(w.weightIh(), g, w.biasIh(), w.biasHh())));
      gradient(
          "bias_ih",
          w.biasIh(),
          g ->
              replaced(
                  pass,
                  direction,
                  new DirectionWeights(w.weightIh(), w.weightHh(), g, w.biasHh())));
      gradient(
          "bias_hh",
          w.biasHh(),
          g ->
              replaced(
                  pass,
                  direction,
                  new DirectionWeights(w.weightIh(), w.weightHh(), w.biasIh(), g)));
    }
  }

  private void gradient(String name, Tensor right, With with) {
    if (right == null) {
      Tensor superfluous = run.bench.output(name, DataType.FLOAT32, 4);
      refusals.operand(
          "backward with a gradient of " + name + ", which there is not",
          name,
          () -> with.call(superfluous));
      return;
    }
    refusals.operand("backward without a gradient of " + name, name, () -> with.call(null));
    wrong("backward", name, right, with);
  }

  private void replaced(Pass pass, int direction, DirectionWeights gradients) {
    List<DirectionWeights> changed = new ArrayList<>(tensors.sums.directions());
    changed.set(direction, gradients);
    sums(pass, changed);
  }

  private void sums(Pass pass, List<DirectionWeights> directions) {
    run.plan.backward(pass, tensors.dOut, tensors.dIn, new RecurrentGradients(directions));
  }
}
