package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.api.error.BackendException;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.PlanReport;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;

/** What a backend says of itself: threads, figures of a plan, and the precisions it serves. */
final class ReportChecks {
  private final BackendProvider provider;
  private final BackendOptions options;
  private final Backend backend;

  ReportChecks(BackendProvider provider, BackendOptions options, Backend backend) {
    this.provider = provider;
    this.options = options;
    this.backend = backend;
  }

  /** Of the backend. */
  Stream<Check> ofBackend() {
    return Stream.of(new Check("info: threads follow the options", this::threads));
  }

  /** Of its plans. */
  Stream<Check> ofPlans() {
    List<Check> checks = new ArrayList<>();
    for (Subject s : Subject.all(backend, Subject.Sizes.LARGE)) {
      checks.add(new Check("the figures that a plan reports: " + s, () -> figures(s)));
    }
    for (RecurrentCase.Variant variant : RecurrentCase.Variant.USUAL) {
      for (Precision precision : Precision.values()) {
        if (precision != Precision.FULL) {
          checks.add(
              new Check(
                  "precision " + precision + ": " + variant, () -> served(variant, precision)));
        }
      }
    }
    return checks.stream();
  }

  private void threads() {
    List<Integer> told = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      try (Backend other = provider.open(options.withThreads(threads))) {
        told.add(other.info().threads());
      }
    }
    Expect.that(
        told.equals(List.of(1, 2, 3)) || told.equals(List.of(1, 1, 1)),
        "opened with 1, 2 and 3 threads, info().threads() is "
            + told
            + "; want the same, or 1 throughout of a backend without threads of its own. Take the"
            + " number from BackendOptions.resolvedThreads()");
    BackendInfo info = backend.info();
    Expect.that(
        info.threads() == 1 || info.threads() == options.resolvedThreads(),
        "info().threads() is "
            + info.threads()
            + ", want "
            + options.resolvedThreads()
            + " as BackendOptions.resolvedThreads() says, or 1");
  }

  /** Compared with what making the plan took from the memory and from the Java heap. */
  private void figures(Subject s) {
    CaseData data = CaseData.of(s.theCase());
    try (PlanRun run = new PlanRun(backend, s.theCase(), data, s.fusion())) {
      long live = backend.memory().use().live();
      long heap = HeapChecks.allocatedByThread();
      try (RecurrentPlan plan =
          backend.recurrence().plan(s.theCase().spec(), run.weights, s.fusion())) {
        heap = HeapChecks.allocatedByThread() - heap;
        live = backend.memory().use().live() - live;
        PlanReport report = plan.report();
        Expect.that(
            report.packedBytes() >= 0,
            "packedBytes is " + report.packedBytes() + ", want the bytes of the packed weights");
        Expect.that(
            !s.isFused() || report.packedBytes() > 0 || Math.max(live, heap) < bytes(run),
            "packedBytes is 0, but making the plan took "
                + live
                + " bytes from the memory and "
                + heap
                + " from the Java heap, no less than the "
                + bytes(run)
                + " bytes of the weights. Count what the plan keeps of them");
        Expect.that(
            report.callsPerForward() >= -1,
            "callsPerForward is "
                + report.callsPerForward()
                + ", want the native calls of one forward, -1 if they grow with the steps, 0 in pure"
                + " Java");
      }
    }
  }

  private static long bytes(PlanRun run) {
    return run.weights.directions().stream()
        .mapToLong(w -> (w.weightIh().size() + w.weightHh().size()) * (long) Float.BYTES)
        .sum();
  }

  /**
   * A plan whose products round shows it, by a little. A backend that computes in full precision
   * whatever is asked for does not serve the precision, and assess says so.
   */
  private void served(RecurrentCase.Variant variant, Precision precision) {
    Subject.Sizes sizes = Subject.Sizes.LARGE;
    RecurrentCase c =
        Subject.theCase(variant, Direction.BIDIRECTIONAL, sizes, Biases.SINGLE, false);
    RecurrentSpec spec = c.spec().toBuilder().precision(precision).build();
    boolean fused = backend.recurrence().assess(spec).fused();
    try (PlanRun run = new PlanRun(backend, c, CaseData.of(c), Fusion.AUTO)) {
      if (!fused) {
        Expect.refused(
            BackendException.class,
            () -> backend.recurrence().plan(spec, run.weights, Fusion.REQUIRE).close(),
            "plan with fusion REQUIRE in a precision that assess calls portable,");
        return;
      }
      run.forward(run.open(Mode.INFERENCE));
      double[] full = run.bench.read(run.tensors.out.y());
      run.tensors.clear();
      try (RecurrentPlan plan = backend.recurrence().plan(spec, run.weights, Fusion.REQUIRE)) {
        Pass pass = plan.open(run.bench.scope(), new Extent(c.steps(), c.batch()), Mode.INFERENCE);
        plan.forward(pass, run.tensors.in, run.tensors.out);
      }
      double[] rounded = run.bench.read(run.tensors.out.y());
      Comparison.check(
          "y in precision " + precision,
          rounded,
          full,
          tolerance(precision),
          difference -> "This is more than its rounding of the operands explains",
          run.tensors.out.y().shape().toArray());
      // The numbers of ReLU cases have so few digits that nothing rounds them.
      Expect.that(
          variant == RecurrentCase.Variant.VANILLA_RELU || !Arrays.equals(full, rounded),
          "assess calls precision "
              + precision
              + " fused, but the result has the bits of precision FULL. Serve it, or let assess name"
              + " it as an obstacle");
    }
  }

  /** Some ten times what the operands' rounding makes of states within ±1. */
  private static double tolerance(Precision precision) {
    return switch (precision) {
      case FULL -> 0;
      case TF32 -> 0x1p-7;
      case BF16 -> 0x1p-4;
      case INT8 -> 0.25;
    };
  }
}
