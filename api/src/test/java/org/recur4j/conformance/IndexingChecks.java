package org.recur4j.conformance;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** Moving numbers: nothing is rounded, so every comparison is exact but the sums. */
final class IndexingChecks extends KernelChecks {
  private static final int[] X = {4, 5, 3};
  private static final int STEPS = 5;
  private static final int[] LENGTHS = {5, 0, 1, 3};
  private static final int BATCH = LENGTHS.length;
  private static final int FEATURES = 3;

  IndexingChecks(Backend backend) {
    super(backend);
    for (int axis = 0; axis < X.length; axis++) {
      int along = axis;
      add("gather axis " + axis, (bench, type) -> gather(bench, type, along));
      add("scatterAdd axis " + axis, (bench, type) -> scatterAdd(bench, type, along));
      add("slice axis " + axis, (bench, type) -> slice(bench, type, along));
      for (double beta : new double[] {0, 1, 0.3}) {
        add(
            "insert axis " + axis + " β=" + beta,
            (bench, type) -> insert(bench, type, along, beta));
      }
    }
    for (int[] s : List.of(new int[] {3, 5}, new int[] {37, 18, 2}, new int[] {1, 7, 3})) {
      add("transpose " + text(s), (bench, type) -> transpose(bench, type, s));
    }
    add("scatterAdd in ascending j", this::scatterOrder);
    add("select", this::select);
    add("maskPast", this::maskPast);
    add("reverse", this::reverse);
    add("last", this::last);
    add("addToLast", this::addToLast);
  }

  /** Repeated, negative, first and last. */
  private static int[] indices(int axis) {
    return new int[] {X[axis] - 1, -1, 0, 1, 1, -1, X[axis] - 1};
  }

  private static int[] with(int axis, int extent) {
    int[] shape = X.clone();
    shape[axis] = extent;
    return shape;
  }

  private static int inner(int axis) {
    return axis == 2 ? 1 : axis == 1 ? X[2] : X[1] * X[2];
  }

  /** Where element i of a part with {@code extent} entries along the axis stands in X. */
  private static int at(int i, int axis, int extent, int index) {
    int inner = inner(axis);
    return (i / inner / extent * X[axis] + index) * inner + i % inner;
  }

  private void gather(Bench bench, DataType type, int axis) {
    int[] indices = indices(axis);
    int[] shape = with(axis, indices.length);
    Tensor given = bench.integers("indices", indices);
    for (DataType each : List.of(type, DataType.INT32)) {
      double[] x = each == type ? numbers("x", 60) : Numbers.fill(60, i -> i);
      if (each == type) {
        // What an index of −1 might read, times 0, is not 0.
        for (int i = 0; i < x.length; i++) {
          int entry = i / inner(axis) % X[axis];
          x[i] = entry == 0 ? Double.NaN : entry == X[axis] - 1 ? Double.POSITIVE_INFINITY : x[i];
        }
      }
      Tensor y = bench.output("y", each, shape);
      kernels.gather(bench.input("x", each, x, X), axis, given, y);
      double[] want =
          Numbers.fill(
              size(shape),
              i -> {
                int index = indices[i / inner(axis) % indices.length];
                return index < 0 ? 0 : x[at(i, axis, indices.length, index)];
              });
      exact(bench, each + " y", y, want);
    }
  }

  private void scatterAdd(Bench bench, DataType type, int axis) {
    int[] indices = indices(axis);
    int[] shape = with(axis, indices.length);
    double[] y = numbers("y", size(shape));
    double[] want = numbers("x", 60);
    Tensor x = bench.changing("x", type, want, X);
    kernels.scatterAdd(
        bench.input("y", type, y, shape), axis, bench.integers("indices", indices), x);
    for (int i = 0; i < y.length; i++) {
      int index = indices[i / inner(axis) % indices.length];
      if (index >= 0) {
        want[at(i, axis, indices.length, index)] += y[i];
      }
    }
    near(bench, "x", x, want);
  }

  /** Sums that lose their ones in another order; more precision than the type's may keep them. */
  private void scatterOrder(Bench bench, DataType type) {
    double big = type == DataType.FLOAT32 ? 1e8 : 1e17;
    double[] y = {big, 1, -big, 1};
    Tensor x = bench.changing("x", type, new double[1], 1);
    kernels.scatterAdd(bench.input("y", type, y, 4), 0, bench.integers("indices", new int[4]), x);
    double got = bench.read(x)[0];
    expect(
        got == 1 || got == 2,
        "0 + "
            + big
            + " + 1 - "
            + big
            + " + 1, in ascending j, became "
            + got
            + ", want 1, or 2 if the sum is kept more precisely. Add the entries of one index in"
            + " the order of j");
  }

  private void slice(Bench bench, DataType type, int axis) {
    for (DataType each : List.of(type, DataType.INT32)) {
      double[] x = each == type ? numbers("x", 60) : Numbers.fill(60, i -> i);
      Tensor source = bench.input("x", each, x, X);
      for (int[] range : new int[][] {{0, X[axis]}, {1, 2}, {X[axis] - 1, 1}}) {
        int[] shape = with(axis, range[1]);
        Tensor y = bench.output("y", each, shape);
        kernels.slice(source, axis, range[0], y);
        exact(
            bench,
            each + " y from " + range[0],
            y,
            Numbers.fill(size(shape), i -> x[cut(i, axis, range)]));
      }
    }
  }

  private static int cut(int i, int axis, int... range) {
    return at(i, axis, range[1], range[0] + i / inner(axis) % range[1]);
  }

  private void insert(Bench bench, DataType type, int axis, double beta) {
    for (int[] range : new int[][] {{0, X[axis]}, {1, 2}, {X[axis] - 1, 1}}) {
      int[] shape = with(axis, range[1]);
      double[] y = numbers("y", size(shape));
      double[] x = numbers("x", 60);
      double[] want = x.clone();
      for (int i = 0; i < y.length; i++) {
        int at = cut(i, axis, range);
        x[at] = beta == 0 ? Double.NaN : x[at];
        want[at] = y[i] + (beta == 0 ? 0 : beta * x[at]);
      }
      Tensor target = bench.changing("x", type, x, X);
      kernels.insert(bench.input("y", type, y, shape), beta, axis, range[0], target);
      near(bench, "x from " + range[0], target, want);
    }
  }

  private void transpose(Bench bench, DataType type, int... s) {
    int inner = s.length == 3 ? s[2] : 1;
    int[] turned = s.clone();
    turned[0] = s[1];
    turned[1] = s[0];
    for (DataType each : List.of(type, DataType.INT32)) {
      double[] x = each == type ? numbers("x", size(s)) : Numbers.fill(size(s), i -> i);
      Tensor y = bench.output("y", each, turned);
      kernels.transpose(bench.input("x", each, x, s), y);
      double[] want = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        int row = i / inner / s[1];
        int column = i / inner % s[1];
        want[(column * s[0] + row) * inner + i % inner] = x[i];
      }
      exact(bench, each + " y", y, want);
    }
  }

  private void select(Bench bench, DataType type) {
    Tensor lengths = bench.integers("lengths", LENGTHS);
    for (int t = 0; t < STEPS; t++) {
      int time = t;
      // What is not chosen holds NaN: it must not be read.
      double[] inside =
          masked("inside", i -> time < LENGTHS[i / FEATURES], BATCH * FEATURES, Double.NaN);
      double[] past =
          masked("past", i -> time >= LENGTHS[i / FEATURES], BATCH * FEATURES, Double.NaN);
      double[] want =
          Numbers.fill(inside.length, i -> time < LENGTHS[i / FEATURES] ? inside[i] : past[i]);
      double[] zeros = Numbers.fill(want.length, i -> time < LENGTHS[i / FEATURES] ? want[i] : 0);
      Tensor y = bench.output("y", type, BATCH, FEATURES);
      Tensor given = bench.input("inside", type, inside, BATCH, FEATURES);
      Tensor other = bench.input("past", type, past, BATCH, FEATURES);
      kernels.select(lengths, time, given, other, y);
      exact(bench, "y at " + time, y, want);
      kernels.select(lengths, time, given, null, y);
      exact(bench, "y at " + time + " without past", y, zeros);
      Tensor own = bench.changing("own", type, inside, BATCH, FEATURES);
      kernels.select(lengths, time, own, null, own);
      exact(bench, "y = inside at " + time + " without past", own, zeros);
      Tensor a = bench.changing("inside", type, inside, BATCH, FEATURES);
      Tensor b = bench.changing("past", type, past, BATCH, FEATURES);
      kernels.select(lengths, time, given, b, b);
      exact(bench, "y = past at " + time, b, want);
      kernels.select(lengths, time, a, other, a);
      exact(bench, "y = inside at " + time, a, want);
    }
  }

  private static double[] masked(
      String name, java.util.function.IntPredicate real, int count, double other) {
    double[] values = numbers(name, count);
    return Numbers.fill(count, i -> real.test(i) ? values[i] : other);
  }

  private static boolean isReal(int i) {
    return i / FEATURES / BATCH < LENGTHS[i / FEATURES % BATCH];
  }

  private static double[] sequence(double past) {
    return masked("sequence", IndexingChecks::isReal, STEPS * BATCH * FEATURES, past);
  }

  private void maskPast(Bench bench, DataType type) {
    Tensor lengths = bench.integers("lengths", LENGTHS);
    Tensor y = bench.output("y", type, STEPS, BATCH, FEATURES);
    double[] x = sequence(Double.NaN);
    kernels.maskPast(lengths, bench.input("x", type, x, STEPS, BATCH, FEATURES), y);
    exact(bench, "y", y, sequence(0));
    Tensor own = bench.changing("x", type, x, STEPS, BATCH, FEATURES);
    kernels.maskPast(lengths, own, own);
    exact(bench, "y = x", own, sequence(0));
  }

  private void reverse(Bench bench, DataType type) {
    Tensor lengths = bench.integers("lengths", LENGTHS);
    double[] x = sequence(Double.NaN);
    Tensor y = bench.output("y", type, STEPS, BATCH, FEATURES);
    kernels.reverse(lengths, bench.input("x", type, x, STEPS, BATCH, FEATURES), y);
    double[] want =
        Numbers.fill(
            x.length,
            i -> {
              int row = i / FEATURES % BATCH;
              int from = LENGTHS[row] - 1 - i / FEATURES / BATCH;
              return from < 0 ? 0 : x[(from * BATCH + row) * FEATURES + i % FEATURES];
            });
    exact(bench, "y", y, want);
    Tensor again = bench.output("again", type, STEPS, BATCH, FEATURES);
    kernels.reverse(lengths, y, again);
    exact(bench, "reversed twice", again, sequence(0));
  }

  private void last(Bench bench, DataType type) {
    double[] x = sequence(Double.NaN);
    Tensor y = bench.output("y", type, BATCH, FEATURES);
    kernels.last(
        bench.integers("lengths", LENGTHS), bench.input("x", type, x, STEPS, BATCH, FEATURES), y);
    exact(bench, "y", y, Numbers.fill(BATCH * FEATURES, i -> at(LENGTHS[i / FEATURES], i, x)));
  }

  private static double at(int length, int i, double... x) {
    return length == 0 ? 0 : x[(length - 1) * BATCH * FEATURES + i];
  }

  private void addToLast(Bench bench, DataType type) {
    double[] y = masked("y", i -> LENGTHS[i / FEATURES] > 0, BATCH * FEATURES, Double.NaN);
    double[] want = numbers("x", STEPS * BATCH * FEATURES);
    Tensor x = bench.changing("x", type, want, STEPS, BATCH, FEATURES);
    kernels.addToLast(
        bench.input("y", type, y, BATCH, FEATURES), bench.integers("lengths", LENGTHS), x);
    double[] sum = Arrays.copyOf(want, want.length);
    for (int i = 0; i < y.length; i++) {
      int length = LENGTHS[i / FEATURES];
      if (length > 0) {
        sum[(length - 1) * BATCH * FEATURES + i] += y[i];
      }
    }
    near(bench, "x", x, sum);
  }
}
