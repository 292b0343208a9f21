package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;

/**
 * Equal input gives equal bits: of kernels that sum, on more than one thread takes, a second time
 * and for any number of threads; of every kernel, while other threads call it, too.
 */
final class RepeatChecks {
  private static final int AT_ONCE = 3;

  /** On a busy machine threads that start together may still run one after the other. */
  private static final int ROUNDS = 12;

  private final BackendProvider provider;
  private final BackendOptions options;
  private final Backend backend;

  RepeatChecks(BackendProvider provider, BackendOptions options, Backend backend) {
    this.provider = provider;
    this.options = options;
    this.backend = backend;
  }

  Stream<Check> all() {
    List<Check> checks = new ArrayList<>();
    KernelCalls.sums()
        .forEach(
            (name, call) ->
                checks.add(new Check(name + " twice, and on 1, 2, 3 threads", () -> repeat(call))));
    KernelCalls.all()
        .forEach(
            (name, call) ->
                checks.add(new Check(name + " from three threads at once", () -> together(call))));
    return checks.stream();
  }

  private void repeat(KernelCalls.Call call) {
    String hint =
        "Equal input, unequal bits: cut work into blocks by shape alone, combine partial sums in"
            + " block order, and let no two threads write one element";
    List<Contents> first = result(backend, call);
    Comparison.checkSame("a second run", result(backend, call), first, hint);
    Comparison.checkSame("a third run", result(backend, call), first, hint);
    for (int threads = 1; threads <= 3; threads++) {
      try (Backend other = provider.open(options.withThreads(threads))) {
        Comparison.checkSame(threads + " thread(s)", result(other, call), first, hint);
      }
    }
  }

  private static List<Contents> result(Backend on, KernelCalls.Call call) {
    try (Bench bench = new Bench(on, "repeated kernel")) {
      return new Trial(bench, call, KernelOperands.Size.LARGE, 0).run();
    }
  }

  /** A call with its operands. */
  private record Trial(KernelOperands operands, Runnable call) {
    Trial(Bench bench, KernelCalls.Call call, KernelOperands.Size size, long seed) {
      this(new KernelOperands(bench, size, seed), bench, call);
    }

    private Trial(KernelOperands operands, Bench bench, KernelCalls.Call call) {
      this(operands, call.on(bench.backend().kernels(), operands));
    }

    List<Contents> run() {
      operands.restart();
      call.run();
      return operands.results();
    }
  }

  private void together(KernelCalls.Call call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    CyclicBarrier start = new CyclicBarrier(AT_ONCE);
    try (Bench bench = new Bench(backend, "kernel from three threads")) {
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        Trial trial = new Trial(bench, call, KernelOperands.Size.MEDIUM, i);
        List<Contents> want = trial.run();
        results.add(
            threads.submit(
                () -> {
                  start.await();
                  for (int round = 0; round < ROUNDS; round++) {
                    Comparison.checkSame(
                        "beside two other threads",
                        trial.run(),
                        want,
                        "A backend is thread-safe, so kernels share no scratch");
                  }
                  return null;
                }));
      }
      for (Future<?> result : results) {
        join(result);
      }
      bench.inspect();
    } finally {
      threads.shutdownNow();
    }
  }

  private static void join(Future<?> result) throws Exception {
    try {
      result.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof AssertionError wrong) {
        throw new AssertionError(wrong.getMessage(), wrong);
      }
      throw new AssertionError(
          "a kernel beside others threw " + failed.getCause() + ". A backend is thread-safe",
          failed);
    }
  }
}
