package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.reference.AllowedError;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * One family of kernels against formulas in double precision. Every operand is a fenced window at
 * an offset; every check runs in each floating type of the backend.
 */
abstract class KernelChecks {
  final Kernels kernels;
  final Backend backend;
  private final List<Check> checks = new ArrayList<>();

  KernelChecks(Backend backend) {
    this.backend = backend;
    this.kernels = backend.kernels();
  }

  /** What is done with fresh tensors of one type. */
  interface Body {
    void run(Bench bench, DataType type);
  }

  /** All families. */
  static Stream<Check> all(Backend backend) {
    return Stream.<KernelChecks>of(
            new TransferChecks(backend),
            new GemmChecks(backend),
            new ElementwiseChecks(backend),
            new IndexingChecks(backend),
            new ReductionChecks(backend),
            new LossChecks(backend),
            new OptimizerChecks(backend),
            new CellStepChecks(backend))
        .flatMap(family -> family.checks.stream());
  }

  final void add(String name, Body body) {
    for (DataType type : backend.info().dataTypes().stream().sorted().toList()) {
      String full = name + " " + type;
      checks.add(new Check(full, () -> run(full, type, body)));
    }
  }

  /** For what takes INT32 only. */
  final void addIntegers(String name, Body body) {
    String full = name + " " + DataType.INT32;
    checks.add(new Check(full, () -> run(full, DataType.INT32, body)));
  }

  private void run(String name, DataType type, Body body) {
    try (Bench bench = new Bench(backend, name)) {
      bench.watch(() -> body.run(bench, type));
    }
  }

  static void near(Bench bench, String what, Tensor got, double... want) {
    near(bench, what, got, want, AllowedError.forward(got.dataType()));
  }

  static void near(Bench bench, String what, Tensor got, double[] want, double tolerance) {
    Advice advice = tolerance == 0 ? Advice.MOVED : Advice.KERNEL;
    Comparison.check(what, bench.read(got), want, tolerance, advice, got.shape().toArray());
  }

  /** For kernels that only move numbers. */
  static void exact(Bench bench, String what, Tensor got, double... want) {
    near(bench, what, got, want, 0);
  }

  static double[] numbers(String name, int count) {
    return new Numbers(name.hashCode()).uniform(count, 2);
  }

  static int size(int... shape) {
    return Shape.of(shape).size();
  }

  /** The element of a smaller shape that stands, broadcast, at an element of a larger one. */
  static int broadcast(int element, int[] larger, int... smaller) {
    int result = 0;
    int stride = 1;
    for (int back = 1; back <= smaller.length; back++) {
      int extent = smaller[smaller.length - back];
      int position = element % larger[larger.length - back];
      result += extent == 1 ? 0 : stride * position;
      stride *= extent;
      element /= larger[larger.length - back];
    }
    return result;
  }

  static String text(int... shape) {
    return Arrays.toString(shape);
  }

  static void expect(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }

  /** Runs a write and looks whether the tensor's version moved. */
  static void bumps(String what, Tensor tensor, Runnable write) {
    long before = tensor.version();
    write.run();
    expect(
        tensor.version() > before,
        what + " left version() at " + before + ". It is a write: call markWritten()");
  }
}
