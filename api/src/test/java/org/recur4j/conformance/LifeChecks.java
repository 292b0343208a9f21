package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.error.StaleWeightsException;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Memory;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.ScopeReport;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Storage;
import org.recur4j.api.tensor.Tensor;

/** What is not arithmetic: providers, scopes, budgets, determinism, threads, moved weights. */
final class LifeChecks {
  private static final int WARM = 3;
  private static final int PROBE_MILLIS = 50;
  private static final DataType TYPE = DataType.FLOAT32;

  private final BackendProvider provider;
  private final BackendOptions options;
  private final Backend backend;

  LifeChecks(BackendProvider provider, BackendOptions options, Backend backend) {
    this.provider = provider;
    this.options = options;
    this.backend = backend;
  }

  Stream<Check> all() {
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("provider: name, version, quick probe", this::provider));
    checks.add(new Check("options: an unknown setting is refused by name", this::unknownSetting));
    checks.add(new Check("scope: closed tensors are refused by name", this::useAfterClose));
    checks.add(new Check("scope: keep hands a tensor to the parent", this::keep));
    checks.add(new Check("scope: the same storage after reset", this::sameStorage));
    checks.add(new Check("scope: a leak is reported by name", this::leak));
    checks.add(new Check("scope: a foreign tensor is refused", this::foreign));
    for (Fusion fusion : List.of(Fusion.FORBID, Fusion.AUTO)) {
      for (RecurrentCase.Variant variant : RecurrentCase.Variant.values()) {
        RecurrentCase small = theCase(variant, 3, 2, 3, 4);
        RecurrentCase large = theCase(variant, 17, 32, 13, 64);
        String name = fusion + " " + variant;
        checks.add(
            new Check(
                "no tensor allocated by a repeated step: " + name, () -> budget(small, fusion)));
        checks.add(new Check("twice, and on 1, 2, 3 threads: " + name, () -> same(large, fusion)));
        checks.add(new Check("many passes at once: " + name, () -> together(large, fusion)));
        checks.add(new Check("moved weights: " + name, () -> moved(small, fusion)));
        checks.add(new Check("last in the initial state: " + name, () -> alias(large, fusion)));
      }
    }
    return checks.stream();
  }

  private static RecurrentCase theCase(
      RecurrentCase.Variant variant, int steps, int batch, int input, int hidden) {
    return new RecurrentCase(
        variant,
        Direction.BIDIRECTIONAL,
        steps,
        batch,
        input,
        hidden,
        RecurrentCase.Raggedness.WITH_ONE,
        true,
        Biases.DOUBLE,
        false,
        TYPE);
  }

  private void provider() {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      long start = System.nanoTime();
      provider.probe();
      least = Math.min(least, (System.nanoTime() - start) / 1_000_000);
    }
    expect(least < PROBE_MILLIS, "probe took " + least + " ms, want below " + PROBE_MILLIS);
    expect(
        provider.spiVersion() == BackendProvider.SPI_VERSION,
        "spiVersion " + provider.spiVersion() + ", want " + BackendProvider.SPI_VERSION);
    expect(
        provider.name().matches("[a-z][a-z0-9-]*"),
        "name '" + provider.name() + "', want lower-case letters, digits and dashes");
    expect(
        backend.info().name().equals(provider.name()),
        "info says '" + backend.info().name() + "', the provider '" + provider.name() + "'");
    expect(backend.info().dataTypes().contains(TYPE), "FLOAT32 is wanted of every backend");
  }

  private void unknownSetting() {
    RecurException error =
        refused(
            InvalidArgumentException.class,
            () -> provider.open(options.withSetting("kit-unknown", "on")).close(),
            "open with a setting that nobody knows; call options.requireSettings first in open, it");
    expect(
        error.getMessage().contains(provider.name())
            && error.getMessage().contains("kit-unknown=on"),
        "the message names neither the backend nor the setting: " + error.getMessage());
  }

  private void useAfterClose() {
    Scope scope = backend.scope("kit-closed");
    Tensor tensor = scope.create(TYPE, Shape.of(2));
    scope.close();
    scope.close();
    RecurException error =
        refused(ClosedException.class, () -> backend.kernels().fill(1, tensor), "fill when closed");
    expect(
        error.getMessage().contains("kit-closed"),
        "the message does not name the scope: " + error.getMessage());
    refused(ClosedException.class, () -> scope.create(TYPE, Shape.of(1)), "create when closed");
  }

  private void keep() {
    try (Scope parent = backend.scope("parent")) {
      Scope child = parent.child("child");
      Tensor kept = child.keep(child.create(TYPE, Shape.of(3)));
      Tensor lost = child.create(TYPE, Shape.of(3));
      child.close();
      backend.upload(new float[] {1, 2, 3}, 0, kept);
      expect(kept.isOpen() && !lost.isOpen(), "keep must save the kept tensor and only it");
    }
  }

  private void sameStorage() {
    try (Scope scope = backend.scope("repeated")) {
      List<Storage> first = storages(scope);
      scope.reset();
      long allocations = backend.memory().use().allocations();
      List<Storage> second = storages(scope);
      for (int i = 0; i < first.size(); i++) {
        expect(first.get(i) == second.get(i), "tensor " + i + " got other storage after reset");
      }
      expect(backend.memory().use().allocations() == allocations, "a repeated step allocated");
    }
  }

  private static List<Storage> storages(Scope scope) {
    List<Storage> storages = new ArrayList<>();
    for (int size : new int[] {100, 7, 100, 1000}) {
      storages.add(scope.create(TYPE, Shape.of(size)).storage(Storage.class));
    }
    return storages;
  }

  private void leak() {
    List<ScopeReport> seen = new ArrayList<>();
    Backend other = provider.open(options.withOnLeak(seen::addAll));
    Scope forgotten = other.scope("kit-forgotten");
    Tensor tensor = forgotten.create(TYPE, Shape.of(10));
    other.close();
    expect(
        seen.stream().anyMatch(report -> report.name().equals("kit-forgotten")),
        "onLeak was told " + seen + ", want a report of scope 'kit-forgotten'");
    expect(!tensor.isOpen(), "closing the backend must close what leaked");
  }

  private void foreign() {
    try (ForeignMemory memory = new ForeignMemory();
        Scope scope = memory.open("foreign")) {
      Tensor tensor = scope.create(TYPE, Shape.of(4));
      RecurException error =
          refused(
              InvalidArgumentException.class,
              () -> backend.kernels().fill(1, tensor),
              "a kernel on a foreign tensor");
      expect(
          error.getMessage().contains("another backend"),
          "the message does not say that another backend made it: " + error.getMessage());
    }
  }

  private void budget(RecurrentCase c, Fusion fusion) {
    try (PlanRun run = new PlanRun(backend, c, CaseData.of(c), fusion)) {
      Pass training = run.open(Mode.TRAINING);
      Runnable step =
          () -> {
            run.plan.forward(training, run.in, run.out);
            run.plan.backward(training, run.dOut, run.dIn, run.sums);
          };
      for (int i = 0; i < WARM; i++) {
        step.run();
      }
      long allocations = backend.memory().use().allocations();
      step.run();
      long tensors = backend.memory().use().allocations() - allocations;
      expect(tensors == 0, "a repeated step allocated " + tensors + " tensor storages, want 0");
    }
  }

  private void same(RecurrentCase c, Fusion fusion) {
    CaseData data = CaseData.of(c);
    double[] first = everything(backend, c, data, fusion);
    Comparison.checkSame(
        "a second run", everything(backend, c, data, fusion), first, "Equal input");
    for (int threads = 1; threads <= 3; threads++) {
      try (Backend other = provider.open(options.withThreads(threads))) {
        Comparison.checkSame(
            threads + " thread(s)",
            everything(other, c, data, fusion),
            first,
            "Cut work into blocks by shape alone and combine partial sums in block order");
      }
    }
  }

  private static double[] everything(Backend backend, RecurrentCase c, CaseData data, Fusion f) {
    try (PlanRun run = new PlanRun(backend, c, data, f)) {
      Pass pass = run.open(Mode.TRAINING);
      run.plan.forward(pass, run.in, run.out);
      run.plan.backward(pass, run.dOut, run.dIn, run.sums);
      List<double[]> parts = new ArrayList<>();
      parts.add(run.bench.read(run.out.y()));
      parts.add(run.bench.read(run.out.last().hidden()));
      parts.add(run.bench.read(run.dIn.x()));
      run.sums.directions().forEach(sum -> parts.add(run.bench.read(sum.weightIh())));
      run.sums.directions().forEach(sum -> parts.add(run.bench.read(sum.weightHh())));
      run.sums.directions().forEach(sum -> parts.add(run.bench.read(sum.biasHh())));
      return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }
  }

  private void together(RecurrentCase c, Fusion fusion) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (PlanRun run = new PlanRun(backend, c, CaseData.of(c), fusion)) {
      run.plan.forward(run.open(Mode.INFERENCE), run.in, run.out);
      double[] want = run.bench.read(run.out.y());
      List<Future<double[]>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(threads.submit(() -> ownPass(run)));
      }
      for (Future<double[]> result : results) {
        Comparison.checkSame("a pass beside others", result.get(), want, "A plan is shared");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private double[] ownPass(PlanRun run) {
    try (Scope scope = backend.scope("pass of a thread")) {
      Tensor y = scope.create(TYPE, run.out.y().shape());
      Extent max = new Extent(run.theCase.steps() + 2, run.theCase.batch() + 1);
      Pass pass = run.plan.open(scope, max, Mode.INFERENCE);
      run.plan.forward(pass, run.in, new RecurrentOutput(y, null));
      return run.bench.read(y);
    }
  }

  private void moved(RecurrentCase c, Fusion fusion) {
    try (PlanRun run = new PlanRun(backend, c, CaseData.of(c), fusion)) {
      Pass pass = run.open(Mode.TRAINING);
      run.plan.forward(pass, run.in, run.out);
      double[] before = run.bench.read(run.out.y());
      Tensor weight = run.weights.directions().get(0).weightIh();
      backend.kernels().fill(0.25, weight);
      refused(
          StaleWeightsException.class,
          () -> run.plan.backward(pass, run.dOut, run.dIn, run.sums),
          "backward after the weights moved");
      refused(
          StaleWeightsException.class,
          () -> run.plan.forward(pass, run.in, run.out),
          "forward after the weights moved");
      run.plan.refresh();
      run.plan.forward(pass, run.in, run.out);
      expect(
          !Arrays.equals(before, run.bench.read(run.out.y())),
          "refresh did not pick up the new weights: y is the same");
    }
  }

  private void alias(RecurrentCase c, Fusion fusion) {
    try (PlanRun run = new PlanRun(backend, c, CaseData.of(c), fusion)) {
      Pass pass = run.open(Mode.INFERENCE);
      run.plan.forward(pass, run.in, run.out);
      double[] want = run.bench.read(run.out.last().hidden());
      RecurrentState given = run.in.initial();
      Tensor hidden = copy(run, given.hidden());
      Tensor cell = given.cell() == null ? null : copy(run, given.cell());
      RecurrentState both = new RecurrentState(hidden, cell);
      run.plan.forward(
          pass,
          new RecurrentInput(run.in.x(), run.in.lengths(), both, null),
          new RecurrentOutput(null, both));
      Comparison.checkSame(
          "last written over initial", run.bench.read(hidden), want, "Read h′ before writing h");
    }
  }

  private static Tensor copy(PlanRun run, Tensor tensor) {
    return run.bench.changing(
        "state", tensor.dataType(), run.bench.read(tensor), tensor.shape().toArray());
  }

  private static RecurException refused(
      Class<? extends RecurException> kind, Runnable operation, String what) {
    try {
      operation.run();
    } catch (RecurException error) {
      expect(kind.isInstance(error), what + " threw " + error + ", want " + kind.getSimpleName());
      return error;
    }
    throw new AssertionError(what + " was accepted; want " + kind.getSimpleName());
  }

  private static void expect(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }

  /** Memory of nobody's backend. */
  private static final class ForeignMemory extends Memory {
    @Override
    protected Storage allocate(DataType dataType, int capacity) {
      return new ForeignStorage(dataType, capacity);
    }

    @Override
    protected void release(Storage storage) {
      // Nothing was allocated.
    }
  }

  private static final class ForeignStorage extends Storage {
    ForeignStorage(DataType dataType, int capacity) {
      super(dataType, capacity);
    }
  }
}
