package org.recur4j.conformance;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.tensor.DataType;

/** A repeated forward and backward leaves nothing to the garbage collector. */
final class HeapChecks {
  private static final int WARM = 2_000;
  private static final int WINDOWS = 10;
  private static final int REPETITIONS = 100;

  /**
   * Nanoseconds to wait for the JIT compiler: while code is interpreted, the vectors of
   * jdk.incubator.vector are objects.
   */
  private static final long PATIENCE = 30_000_000_000L;

  private final Backend backend;

  HeapChecks(Backend backend) {
    this.backend = backend;
  }

  Stream<Check> all() {
    List<Check> checks = new ArrayList<>();
    for (Fusion fusion : List.of(Fusion.FORBID, Fusion.AUTO)) {
      for (RecurrentCase.Variant variant : RecurrentCase.Variant.values()) {
        checks.add(
            new Check(
                "no Java heap for a repeated step: " + fusion + " " + variant,
                () -> check(variant, fusion)));
      }
    }
    return checks.stream();
  }

  private void check(RecurrentCase.Variant variant, Fusion fusion) {
    if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean meter)
        || !meter.isThreadAllocatedMemorySupported()) {
      throw new TestAbortedException("this Java machine does not count a thread's allocations");
    }
    RecurrentCase c =
        new RecurrentCase(
            variant,
            Direction.BIDIRECTIONAL,
            2,
            2,
            2,
            2,
            RecurrentCase.Raggedness.WITH_ONE,
            true,
            Biases.DOUBLE,
            false,
            DataType.FLOAT32);
    try (PlanRun run = new PlanRun(backend, c, CaseData.of(c), fusion)) {
      Pass pass = run.open(Mode.TRAINING);
      repeat(WARM, run.plan, pass, run.in, run.out, run.dOut, run.dIn, run.sums);
      long thread = Thread.currentThread().getId();
      long least = Long.MAX_VALUE;
      long empty = Long.MAX_VALUE;
      long deadline = System.nanoTime() + PATIENCE;
      for (int window = 0;
          window < WINDOWS || (least > empty && System.nanoTime() < deadline);
          window++) {
        long start = meter.getThreadAllocatedBytes(thread);
        long begun = meter.getThreadAllocatedBytes(thread);
        repeat(REPETITIONS, run.plan, pass, run.in, run.out, run.dOut, run.dIn, run.sums);
        long ended = meter.getThreadAllocatedBytes(thread);
        empty = Math.min(empty, begun - start);
        least = Math.min(least, ended - begun);
      }
      long bytes = least - empty;
      if (bytes > 0) {
        throw new AssertionError(
            REPETITIONS
                + " repetitions of forward and backward left "
                + bytes
                + " bytes on the Java heap, want 0. Look for views, records, boxed numbers, lambdas"
                + " that capture, and variable arguments behind forward and backward");
      }
    }
  }

  private static void repeat(
      int times,
      RecurrentPlan plan,
      Pass pass,
      RecurrentInput in,
      RecurrentOutput out,
      RecurrentOutput dOut,
      RecurrentInput dIn,
      RecurrentGradients sums) {
    for (int i = 0; i < times; i++) {
      plan.forward(pass, in, out);
      plan.backward(pass, dOut, dIn, sums);
    }
  }
}
