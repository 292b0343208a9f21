package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.api.error.StaleWeightsException;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.reference.NaiveWeights;
import org.recur4j.api.tensor.MemoryUse;
import org.recur4j.api.tensor.Tensor;

/** Plans over time and beside each other: budgets, equal bits, threads, moved weights. */
final class PlanLifeChecks {
  private static final int WARM = 3;
  private static final int TOGETHER = 3;

  /** Bytes by which a scope rounds up a handful of small tensors. */
  private static final long SMALL_BLOCKS = 1024;

  /** Bytes of Java objects that the smallest pass may take beside its arrays. */
  private static final long OBJECTS = 16_384;

  private final BackendProvider provider;
  private final BackendOptions options;
  private final Backend backend;

  PlanLifeChecks(BackendProvider provider, BackendOptions options, Backend backend) {
    this.provider = provider;
    this.options = options;
    this.backend = backend;
  }

  Stream<Check> all() {
    List<Check> checks = new ArrayList<>();
    List<Subject> small = Subject.all(backend, Subject.Sizes.SMALL);
    for (Subject s : small) {
      checks.add(new Check("a repeated step allocates no tensor: " + s, () -> budget(s)));
      checks.add(new Check("a closed plan and its passes leave nothing: " + s, () -> leaves(s)));
      checks.add(new Check("moved weights: " + s, () -> moved(s)));
      checks.add(new Check("last in the initial state: " + s, () -> alias(s)));
    }
    for (Subject s : Subject.all(backend, Subject.Sizes.LARGE)) {
      checks.add(new Check("the workspace that a pass reports: " + s, () -> workspace(s)));
      checks.add(new Check("twice, and on 1, 2, 3 threads: " + s, () -> same(s)));
      checks.add(new Check("many passes at once: " + s, () -> together(s)));
    }
    Subject.all(backend, Subject.Sizes.BEYOND).stream()
        .filter(Subject::isFused)
        .map(s -> new Check("beyond a backend's blocks: " + s, () -> beyond(s)))
        .forEach(checks::add);
    if (small.stream().noneMatch(Subject::isFused)) {
      checks.add(new Check("the life of fused plans", this::nothingFused));
    }
    return checks.stream();
  }

  private void nothingFused() {
    RecurrentCase c = Subject.all(backend, Subject.Sizes.SMALL).get(0).theCase();
    throw new TestAbortedException(
        "assess calls no cell fused, in no direction; of "
            + c.variant()
            + " it says: "
            + backend.recurrence().assess(c.spec()).reason());
  }

  private PlanRun run(Subject s) {
    return new PlanRun(backend, s.theCase(), CaseData.of(s.theCase()), s.fusion());
  }

  private static void step(PlanRun run, Pass pass) {
    run.forward(pass);
    if (pass.mode().keepsForBackward()) {
      run.backward(pass);
    }
  }

  private void budget(Subject s) {
    try (PlanRun run = run(s)) {
      for (Mode mode : Mode.values()) {
        Pass pass = run.open(mode);
        for (int i = 0; i < WARM; i++) {
          step(run, pass);
        }
        MemoryUse before = backend.memory().use();
        step(run, pass);
        MemoryUse after = backend.memory().use();
        long allocated = after.allocations() - before.allocations();
        Expect.that(
            allocated == 0 && after.live() == before.live(),
            mode
                + ": a repeated step allocated "
                + allocated
                + " tensor storages and holds "
                + (after.live() - before.live())
                + " bytes more than before, want 0 of both. Create workspace in open, not in"
                + " forward or backward");
      }
    }
  }

  /**
   * Compared with what open took from the scope, which rounds sizes up, and from the Java heap,
   * where a tenth and some more may be objects other than arrays of numbers.
   */
  private void workspace(Subject s) {
    try (PlanRun run = run(s)) {
      for (Mode mode : Mode.values()) {
        long live = backend.memory().use().live();
        long heap = HeapChecks.allocatedByThread();
        long reported = run.open(mode).workspaceBytes();
        heap = HeapChecks.allocatedByThread() - heap;
        live = backend.memory().use().live() - live;
        // The scope's blocks may lie on the Java heap, too, as floats or as doubles.
        long arrays = (heap - 2 * live) * 9 / 10 - OBJECTS;
        long taken = Math.max(live * 7 / 8 - SMALL_BLOCKS, arrays);
        Expect.that(
            reported > 0 && reported >= taken,
            mode
                + ": workspaceBytes() is "
                + reported
                + ", but open took at least "
                + taken
                + " bytes from the scope or the Java heap. Count every array and tensor that the pass"
                + " owns");
      }
    }
  }

  /** Recurrent cases are small, and a plan that cuts its work has to put it together again. */
  private void beyond(Subject s) {
    try (PlanRun run = run(s)) {
      compare("", run, run.open(Mode.TRAINING), run.tensors);
    }
  }

  private void leaves(Subject s) {
    once(s);
    int scopes = backend.memory().openScopes().size();
    long live = backend.memory().use().live();
    once(s);
    Expect.that(
        backend.memory().openScopes().size() == scopes && backend.memory().use().live() == live,
        "after the plan and the scope of its passes were closed there are "
            + (backend.memory().openScopes().size() - scopes)
            + " scopes and "
            + (backend.memory().use().live() - live)
            + " bytes more than before. Create a pass's workspace in the scope given to open");
  }

  private void once(Subject s) {
    try (PlanRun run = run(s)) {
      step(run, run.open(Mode.TRAINING));
    }
  }

  private void same(Subject s) {
    CaseData data = CaseData.of(s.theCase());
    List<Contents> first = everything(backend, s, data);
    String hint =
        "Equal input, unequal bits: cut work into blocks by shape alone, combine partial sums in"
            + " block order, and let no two blocks write one place";
    Comparison.checkSame("a second run", everything(backend, s, data), first, hint);
    for (int threads = 1; threads <= 3; threads++) {
      try (Backend other = provider.open(options.withThreads(threads))) {
        Comparison.checkSame(threads + " thread(s)", everything(other, s, data), first, hint);
      }
    }
  }

  private static List<Contents> everything(Backend backend, Subject s, CaseData data) {
    try (PlanRun run = new PlanRun(backend, s.theCase(), data, s.fusion())) {
      step(run, run.open(Mode.TRAINING));
      List<Contents> all = new ArrayList<>(run.tensors.everything());
      run.forward(run.open(Mode.INFERENCE));
      all.add(run.bench.contents(run.tensors.out.y()).named("y in mode INFERENCE"));
      Pass traced = run.open(Mode.TRACING);
      step(run, traced);
      RecurrentSpec spec = s.theCase().spec();
      for (Trace what : Trace.values()) {
        if (what != Trace.CELL_STATES || spec.hasCellState()) {
          int blocks = what == Trace.GATES ? spec.gates() : 1;
          Tensor trace = run.trace(traced, what, blocks * spec.hiddenSize());
          all.add(run.bench.contents(trace).named("trace " + what));
        }
      }
      return all;
    }
  }

  /** Each pass has its own numbers, so that whatever two of them share shows. */
  private void together(Subject s) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(TOGETHER);
    try (PlanRun run = run(s)) {
      List<CaseTensors> tensors = new ArrayList<>();
      List<List<Contents>> want = new ArrayList<>();
      List<Pass> passes = new ArrayList<>();
      Extent max = new Extent(s.theCase().steps() + 2, s.theCase().batch() + 1);
      for (int i = 0; i < TOGETHER; i++) {
        CaseData data = CaseData.of(s.theCase(), run.tensors.data.weights(), i);
        tensors.add(new CaseTensors(run.bench, s.theCase(), data));
        passes.add(run.plan.open(run.bench.scope(), max, Mode.TRAINING));
        want.add(alone(run, passes.get(i), tensors.get(i)));
      }
      inTurn(run, passes, tensors, want);
      // Our own plan's steps take long enough to meet each other in one round.
      int rounds = s.isFused() ? 3 : 1;
      CountDownLatch ready = new CountDownLatch(TOGETHER);
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < TOGETHER; i++) {
        int own = i;
        results.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  for (int round = 0; round < rounds; round++) {
                    Comparison.checkSame(
                        "a pass of its own thread beside others, forward and backward",
                        alone(run, passes.get(own), tensors.get(own)),
                        want.get(own),
                        "A plan is shared by threads, so whatever is written belongs into the"
                            + " pass");
                  }
                  return null;
                }));
      }
      for (Future<?> result : results) {
        join(result);
      }
      run.bench.inspect();
    } finally {
      threads.shutdownNow();
    }
  }

  private static void join(Future<?> result) throws Exception {
    try {
      result.get();
    } catch (java.util.concurrent.ExecutionException failed) {
      if (failed.getCause() instanceof AssertionError wrong) {
        throw new AssertionError(wrong.getMessage(), wrong);
      }
      throw new AssertionError(
          "a pass beside others threw " + failed.getCause() + ". A plan is shared by threads",
          failed);
    }
  }

  private static List<Contents> alone(PlanRun run, Pass pass, CaseTensors tensors) {
    tensors.clear();
    run.plan.forward(pass, tensors.in, tensors.out);
    run.plan.backward(pass, tensors.dOut, tensors.dIn, tensors.sums);
    return tensors.everything();
  }

  /** All forward, then all backward, on one thread: what a pass keeps must be its own. */
  private static void inTurn(
      PlanRun run, List<Pass> passes, List<CaseTensors> tensors, List<List<Contents>> want) {
    for (int i = 0; i < passes.size(); i++) {
      tensors.get(i).clear();
      run.plan.forward(passes.get(i), tensors.get(i).in, tensors.get(i).out);
    }
    for (int i = 0; i < passes.size(); i++) {
      CaseTensors own = tensors.get(i);
      run.plan.backward(passes.get(i), own.dOut, own.dIn, own.sums);
      Comparison.checkSame(
          "backward after other passes ran forward",
          own.everything(),
          want.get(i),
          "What forward keeps for backward belongs into the pass, not into the plan");
    }
  }

  /** Each weight in turn makes a plan stale; after refresh all of them have moved. */
  private void moved(Subject s) {
    try (PlanRun run = run(s)) {
      Pass training = run.open(Mode.TRAINING);
      Pass inference = run.open(Mode.INFERENCE);
      for (int d = 0; d < run.weights.directions().size(); d++) {
        DirectionWeights w = run.weights.directions().get(d);
        stale(run, training, inference, "direction " + d + " weight_ih", w.weightIh());
        stale(run, training, inference, "direction " + d + " weight_hh", w.weightHh());
        stale(run, training, inference, "direction " + d + " bias_ih", w.biasIh());
        stale(run, training, inference, "direction " + d + " bias_hh", w.biasHh());
      }
      List<NaiveWeights> other = CaseData.otherWeights(s.theCase());
      run.move(other);
      run.plan.refresh();
      CaseData data = run.tensors.data.with(s.theCase(), other);
      CaseTensors tensors = new CaseTensors(run.bench, s.theCase(), data);
      String hint = "with weights that all moved, after refresh, ";
      compare(hint + "old pass, ", run, training, tensors);
      compare(hint + "old pass, ", run, inference, tensors);
      compare(hint + "new pass, ", run, run.open(Mode.TRACING), tensors);
      compare(hint + "new pass, ", run, run.open(Mode.INFERENCE), tensors);
    }
  }

  private static void compare(String prefix, PlanRun run, Pass pass, CaseTensors tensors) {
    AgainstOracle compare = new AgainstOracle(prefix + pass.mode() + ", ", tensors);
    tensors.clear();
    run.plan.forward(pass, tensors.in, tensors.out);
    compare.forward(tensors.data.result());
    if (pass.mode().keepsForBackward()) {
      run.plan.backward(pass, tensors.dOut, tensors.dIn, tensors.sums);
      compare.backward(tensors.data.gradients());
    }
  }

  /** Writes what is there already, so that only the version moves. */
  private static void stale(
      PlanRun run, Pass training, Pass inference, String name, Tensor weight) {
    if (weight == null) {
      return;
    }
    run.forward(training);
    run.bench.write(run.bench.read(weight), weight);
    Expect.refused(
        StaleWeightsException.class,
        () -> run.backward(training),
        "backward after " + name + " was written");
    Expect.refused(
        StaleWeightsException.class,
        () -> run.forward(inference),
        "forward after " + name + " was written");
    run.plan.refresh();
    Expect.refused(
        StaleWeightsException.class,
        () -> run.backward(training),
        "backward after " + name + " was written since the forward, even after refresh,");
    run.forward(inference);
  }

  /** In every mode, and followed by backward: the state before the first step must be kept. */
  private void alias(Subject s) {
    for (Mode mode : Mode.values()) {
      try (PlanRun run = run(s)) {
        CaseTensors tensors = run.tensors;
        RecurrentState given = tensors.in.initial();
        RecurrentState both =
            new RecurrentState(
                copy(run, given.hidden()), given.cell() == null ? null : copy(run, given.cell()));
        RecurrentInput in =
            new RecurrentInput(tensors.in.x(), tensors.in.lengths(), both, tensors.in.hiddenMask());
        Pass pass = run.open(mode);
        run.plan.forward(pass, in, new RecurrentOutput(tensors.out.y(), both));
        run.bench.write(run.bench.read(both.hidden()), tensors.out.last().hidden());
        if (both.cell() != null) {
          run.bench.write(run.bench.read(both.cell()), tensors.out.last().cell());
        }
        AgainstOracle compare =
            new AgainstOracle("last written over initial, " + mode + ", ", tensors);
        compare.forward(tensors.data.result());
        if (mode.keepsForBackward()) {
          run.backward(pass);
          compare.backward(tensors.data.gradients());
        }
      }
    }
  }

  private static Tensor copy(PlanRun run, Tensor tensor) {
    return run.bench.changing(
        "state", tensor.dataType(), run.bench.read(tensor), tensor.shape().toArray());
  }
}
