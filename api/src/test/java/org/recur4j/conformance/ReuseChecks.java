package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.reference.NaiveGradients;

/**
 * One pass used again and again: whatever a call had, the next one may lack. A walk meets every
 * ordered pair of initial state (yes, no), lengths (none, with one, with zero) and extents (all,
 * fewer of both), and each call is compared with the oracle; what backward is given and asked for
 * changes from call to call, and every call with the wrong mask is refused in between.
 */
final class ReuseChecks {
  private static final Subject.Sizes SIZES = new Subject.Sizes(4, 3, 2, 3, 3);
  private static final Subject.Sizes FEWER = new Subject.Sizes(2, 2, 2, 3, 3);

  private final Backend backend;

  ReuseChecks(Backend backend) {
    this.backend = backend;
  }

  /** What one call has. */
  private record Call(boolean initial, RecurrentCase.Raggedness lengths, boolean fewer) {
    RecurrentCase of(RecurrentCase c) {
      Subject.Sizes sizes = fewer ? FEWER : SIZES;
      return new RecurrentCase(
          c.variant(),
          c.direction(),
          sizes.steps(),
          sizes.batch(),
          c.input(),
          c.hidden(),
          lengths,
          initial,
          c.biases(),
          c.hiddenMask(),
          c.type());
    }

    @Override
    public String toString() {
      return "initial state "
          + initial
          + ", lengths "
          + lengths
          + (fewer ? ", fewer steps and rows" : "");
    }
  }

  Stream<Check> all() {
    List<Check> checks = new ArrayList<>();
    for (RecurrentCase.Variant variant : RecurrentCase.Variant.USUAL) {
      for (boolean masked : new boolean[] {false, true}) {
        Direction both = Direction.BIDIRECTIONAL;
        RecurrentCase c = Subject.theCase(variant, both, SIZES, Biases.DOUBLE, masked);
        add(checks, new Subject(c, Fusion.FORBID));
        for (Direction direction : Direction.values()) {
          Subject.fused(backend, variant, direction, SIZES, masked)
              .ifPresent(fused -> add(checks, fused));
        }
      }
    }
    return checks.stream();
  }

  private void add(List<Check> checks, Subject s) {
    for (Mode mode : Mode.values()) {
      checks.add(new Check("a pass used again, " + mode + ": " + s, () -> walk(s, mode)));
    }
  }

  private void walk(Subject s, Mode mode) {
    RecurrentCase c = s.theCase();
    List<CaseTensors> tensors = new ArrayList<>();
    try (PlanRun run = new PlanRun(backend, c, CaseData.of(c), s.fusion())) {
      List<Call> calls = calls();
      for (Call call : calls) {
        CaseData data = CaseData.of(call.of(c), run.tensors.data.weights(), 0);
        tensors.add(new CaseTensors(run.bench, call.of(c), data));
      }
      Pass pass = run.plan.open(run.bench.scope(), new Extent(c.steps(), c.batch()), mode);
      int previous = -1;
      int count = 0;
      for (int next : everyPair(calls.size())) {
        String where =
            "used with "
                + calls.get(next)
                + (previous < 0 ? "" : ", after " + calls.get(previous))
                + ", ";
        call(where, run, pass, tensors.get(next), count++);
        previous = next;
      }
      run.bench.inspect();
    }
  }

  /** With the fewer ones only where lengths and state differ most, or the walk would be long. */
  private static List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    for (boolean initial : new boolean[] {true, false}) {
      calls.add(new Call(initial, RecurrentCase.Raggedness.FULL, false));
      calls.add(new Call(initial, RecurrentCase.Raggedness.WITH_ZERO, false));
    }
    calls.add(new Call(false, RecurrentCase.Raggedness.WITH_ONE, true));
    return calls;
  }

  /** A closed walk along every arc of the complete graph with loops: n² arcs (Hierholzer). */
  private static List<Integer> everyPair(int n) {
    boolean[][] used = new boolean[n][n];
    List<Integer> walk = new ArrayList<>();
    List<Integer> open = new ArrayList<>(List.of(0));
    while (!open.isEmpty()) {
      int from = open.get(open.size() - 1);
      int to = 0;
      while (to < n && used[from][to]) {
        to++;
      }
      if (to == n) {
        walk.add(open.remove(open.size() - 1));
      } else {
        used[from][to] = true;
        open.add(to);
      }
    }
    java.util.Collections.reverse(walk);
    return walk;
  }

  private static void call(String where, PlanRun run, Pass pass, CaseTensors tensors, int count) {
    AgainstOracle compare = new AgainstOracle(where, tensors);
    tensors.clear();
    wrongMask(run, pass, tensors);
    run.plan.forward(pass, tensors.in, tensors.out);
    compare.forward(tensors.data.result());
    if (!pass.mode().keepsForBackward()) {
      return;
    }
    boolean ofOutput = count % 4 != 1;
    boolean ofLast = count % 4 != 2;
    boolean sums = count % 3 != 1;
    boolean states = count % 3 != 2;
    run.plan.backward(
        pass,
        !ofOutput && !ofLast
            ? null
            : new RecurrentOutput(
                ofOutput ? tensors.dOut.y() : null, ofLast ? tensors.dOut.last() : null),
        new RecurrentInput(tensors.dIn.x(), null, states ? tensors.dIn.initial() : null, null),
        sums ? tensors.sums : null);
    NaiveGradients want = tensors.data.gradients(ofOutput, ofLast);
    String given = where + (ofOutput ? "" : "without dy, ") + (ofLast ? "" : "without dLast, ");
    AgainstOracle gradients = new AgainstOracle(given, tensors);
    gradients.gradient("d_x", tensors.dIn.x(), want.x(), Advice.BACKWARD);
    gradients.exactPastLengths("d_x", tensors.dIn.x());
    if (states) {
      gradients.states(tensors.dIn.initial(), want);
    }
    if (sums) {
      gradients.sums(want.weights());
    }
  }

  /** A hidden mask is there exactly when the specification says so. */
  private static void wrongMask(PlanRun run, Pass pass, CaseTensors tensors) {
    RecurrentInput in = tensors.in;
    boolean wanted = in.hiddenMask() != null;
    RecurrentInput wrong =
        new RecurrentInput(
            in.x(),
            in.lengths(),
            in.initial(),
            wanted
                ? null
                : run.bench.input(
                    "hidden mask",
                    tensors.theCase.type(),
                    Numbers.fill(tensors.data.dLastHidden().length, i -> 1),
                    tensors.stateShape()));
    Expect.refused(
        RecurException.class,
        () -> run.plan.forward(pass, wrong, tensors.out),
        wanted
            ? "forward without a mask, of a specification with one,"
            : "forward with a mask, of a specification without one,");
  }
}
