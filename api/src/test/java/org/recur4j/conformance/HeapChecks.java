package org.recur4j.conformance;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;

/** A repeated forward and backward leaves nothing to the garbage collector. */
final class HeapChecks {
  private static final int WARM = 300;
  private static final int WINDOWS = 10;
  private static final int REPETITIONS = 100;

  private final Backend backend;

  HeapChecks(Backend backend) {
    this.backend = backend;
  }

  Stream<Check> all() {
    return Stream.concat(
        Subject.all(backend, Subject.Sizes.TINY).stream()
            .map(s -> new Check("no Java heap for a repeated step: " + s, () -> plan(s))),
        Stream.of(new Check("no Java heap for repeated kernels", this::kernels)));
  }

  /** What is repeated, with a name for the message. */
  private record Part(String name, Runnable work) {}

  private void plan(Subject s) {
    RecurrentCase c = s.theCase();
    try (PlanRun run = new PlanRun(backend, c, CaseData.of(c), s.fusion())) {
      List<Part> parts = new ArrayList<>();
      for (Mode mode : Mode.values()) {
        Pass pass = run.open(mode);
        parts.add(new Part("forward in " + mode, () -> run.forward(pass)));
        if (mode.keepsForBackward()) {
          parts.add(new Part("backward in " + mode, () -> run.backward(pass)));
        }
        if (c.direction() == Direction.BIDIRECTIONAL) {
          addBare(parts, run, pass);
        }
      }
      check("forward and backward", parts);
    }
  }

  /** Without whatever may be absent: lengths, states, gradients of states and of weights. */
  private static void addBare(List<Part> parts, PlanRun run, Pass pass) {
    CaseTensors t = run.tensors;
    RecurrentInput in = new RecurrentInput(t.in.x(), null, null, t.in.hiddenMask());
    RecurrentOutput out = new RecurrentOutput(t.out.y(), null);
    RecurrentOutput dOut = new RecurrentOutput(t.dOut.y(), null);
    RecurrentInput dIn = new RecurrentInput(t.dIn.x(), null, null, null);
    String where = " of x alone, without lengths and states, in " + pass.mode();
    parts.add(new Part("forward" + where, () -> run.plan.forward(pass, in, out)));
    if (pass.mode().keepsForBackward()) {
      parts.add(new Part("backward" + where, () -> run.plan.backward(pass, dOut, dIn, null)));
    }
  }

  private void kernels() {
    try (Bench bench = new Bench(backend, "repeated kernels")) {
      List<Part> parts = new ArrayList<>();
      KernelCalls.all()
          .forEach(
              (name, call) -> {
                KernelOperands operands = new KernelOperands(bench, KernelOperands.Size.SMALL, 0);
                parts.add(new Part(name, call.on(backend.kernels(), operands)));
              });
      check("every kernel", parts);
    }
  }

  private static void check(String what, List<Part> parts) {
    if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean meter)
        || !meter.isThreadAllocatedMemorySupported()) {
      throw new TestAbortedException("this Java machine does not count a thread's allocations");
    }
    Part[] all = parts.toArray(new Part[0]);
    Runnable step =
        () -> {
          for (Part part : all) {
            part.work().run();
          }
        };
    repeat(WARM, step);
    long bytes = leastBytes(meter, step);
    if (bytes > 0) {
      String where =
          parts.stream()
              .map(part -> part.name() + " " + bytes(meter, part.work()))
              .filter(text -> !text.endsWith(" 0"))
              .collect(Collectors.joining(", "));
      throw new AssertionError(
          REPETITIONS
              + " repetitions of "
              + what
              + " left "
              + bytes
              + " bytes on the Java heap, want 0; "
              + where
              + ". Look there for views, records, boxed numbers, lambdas that capture, and"
              + " variable arguments");
    }
  }

  /**
   * Bytes that this thread has allocated so far, or 0 where this Java machine does not count them.
   */
  static long allocatedByThread() {
    return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean meter
            && meter.isThreadAllocatedMemorySupported()
        ? meter.getThreadAllocatedBytes(Thread.currentThread().getId())
        : 0;
  }

  /**
   * What the best of some windows allocates. A window that allocates is tried again for as long as
   * the JIT compiler is at work: while code is interpreted, the vectors of jdk.incubator.vector are
   * objects.
   */
  private static long leastBytes(ThreadMXBean meter, Runnable step) {
    long least = Long.MAX_VALUE;
    Rest rest = new Rest(meter);
    for (int window = 0; least > 0 && (window < WINDOWS || !rest.isReached()); window++) {
      long bytes = bytes(meter, step);
      if (bytes < least) {
        rest.begin();
      }
      least = Math.min(least, bytes);
    }
    return least;
  }

  /** What one window allocates, less what looking allocates. */
  private static long bytes(ThreadMXBean meter, Runnable step) {
    long thread = Thread.currentThread().getId();
    long start = meter.getThreadAllocatedBytes(thread);
    long begun = meter.getThreadAllocatedBytes(thread);
    repeat(REPETITIONS, step);
    long ended = meter.getThreadAllocatedBytes(thread);
    return Math.max(0, ended - begun - (begun - start));
  }

  /**
   * Whether the JIT compiler has come to rest: while this thread had the processor for some time,
   * nothing was compiled and no other thread of the process worked. Counted in processor time,
   * since on a busy machine the compiler waits as this thread does.
   */
  private static final class Rest {
    private static final long LONG_ENOUGH = 300_000_000L;

    /** Other threads may be the backend's own; then this much is waited for at most. */
    private static final long AT_MOST = 10_000_000_000L;

    private final ThreadMXBean meter;
    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final long first;
    private long compiled;
    private long own;
    private long process;

    Rest(ThreadMXBean meter) {
      this.meter = meter;
      this.first = meter.getCurrentThreadCpuTime();
      begin();
    }

    void begin() {
      own = meter.getCurrentThreadCpuTime();
      process = processTime();
      compiled = compilations();
    }

    boolean isReached() {
      long now = meter.getCurrentThreadCpuTime();
      if (now - own < LONG_ENOUGH) {
        return false;
      }
      long others = processTime() - process - (now - own);
      if (compilations() == compiled && others < LONG_ENOUGH / 4) {
        return true;
      }
      begin();
      return now - first > AT_MOST;
    }

    private long compilations() {
      return compiler == null ? 0 : compiler.getTotalCompilationTime();
    }

    private static long processTime() {
      return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
          ? machine.getProcessCpuTime()
          : 0;
    }
  }

  private static void repeat(int times, Runnable step) {
    for (int i = 0; i < times; i++) {
      step.run();
    }
  }
}
