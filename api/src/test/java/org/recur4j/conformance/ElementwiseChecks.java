package org.recur4j.conformance;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.DoubleUnaryOperator;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** Pointwise kernels: values, broadcasting both ways, aliases, what β = 0 must not read. */
final class ElementwiseChecks extends KernelChecks {
  /**
   * A few elements, and more than 16 bits count or a thread takes; both are odd. Of the large ones
   * a check makes only its first comparison, which keeps the kit quick.
   */
  private static final int[] SIZES = {67, 70_001};

  /** Where functions saturate, overflow and underflow, and what is not finite. */
  private static final double[] FAR = {
    20.5,
    45.5,
    60.5,
    80.5,
    88,
    1000,
    3e15,
    -20.5,
    -45.5,
    -60.5,
    -80.5,
    -88.5,
    -100,
    -1000,
    -3e15,
    0,
    1e-3,
    -1e-3,
    1e-15,
    -1e-15,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
  };

  /** Shapes of a, b and y. */
  private static final int[][][] BROADCASTS = {
    {{3, 5}, {3, 5}, {3, 5}},
    {{3, 5}, {5}, {3, 5}},
    {{5}, {3, 5}, {3, 5}},
    {{3, 1}, {1, 5}, {3, 5}},
    {{}, {2, 3, 4}, {2, 3, 4}},
    {{2, 1, 4}, {3, 1}, {2, 3, 4}},
    {{1, 1, 1}, {1}, {2, 3, 4}},
    {{}, {}, {}},
    {{17, 64}, {64}, {17, 64}},
    {{33, 1, 9}, {7, 1}, {33, 7, 9}},
  };

  private static final int[][] MANY_BROADCAST = {{257, 1, 3}, {91, 1}, {257, 91, 3}};

  private static final List<Activation> ACTIVATIONS =
      List.of(
          Activation.TANH,
          Activation.SIGMOID,
          Activation.RELU,
          Activation.IDENTITY,
          new Activation(Activation.Kind.AFFINE, 0.5, -1),
          new Activation(Activation.Kind.LEAKY_RELU, 0.1, 0),
          new Activation(Activation.Kind.THRESHOLDED_RELU, 0.7, 0),
          new Activation(Activation.Kind.SCALED_TANH, 1.7, 0.6),
          new Activation(Activation.Kind.HARD_SIGMOID, 0.2, 0.5),
          new Activation(Activation.Kind.ELU, 0.9, 0),
          Activation.SOFTSIGN,
          Activation.SOFTPLUS);

  ElementwiseChecks(Backend backend) {
    super(backend);
    add("fill", this::fill);
    add("upload counts as a write", this::upload);
    for (int[] x : List.of(new int[] {2, 3, 4}, new int[] {4}, new int[] {3, 1}, new int[] {})) {
      add("copy " + text(x) + " to [2, 3, 4]", (bench, type) -> copy(bench, type, x, 2, 3, 4));
    }
    for (int[] x : List.of(new int[] {257, 91, 3}, new int[] {91, 1})) {
      add(
          "copy " + text(x) + " to [257, 91, 3]",
          (bench, type) -> copy(bench, type, x, 257, 91, 3));
    }
    addSized("scaleAdd", this::scaleAdd);
    addSized("affine", this::affine);
    addSized("addProduct", this::addProduct);
    for (Unary function : Unary.values()) {
      addSized("unary " + function, (bench, type, n) -> unary(bench, type, function, n));
      add("unary " + function + " of far numbers", (bench, type) -> far(bench, type, function));
    }
    for (Binary function : Binary.values()) {
      for (int[][] s : BROADCASTS) {
        addBroadcast(function, s);
      }
      addSized(
          "binary " + function + " in place",
          (bench, type, n) -> inPlace(bench, type, function, n));
    }
    addBroadcast(Binary.SUBTRACT, MANY_BROADCAST);
    add("binary MAXIMUM and MINIMUM of NaN", this::extremesOfNan);
    for (Activation function : ACTIVATIONS) {
      addSized("activation " + function, (bench, type, n) -> activation(bench, type, function, n));
      add(
          "activation " + function + " of far numbers",
          (bench, type) -> far(bench, type, function));
      addSized(
          "activationGradient " + function, (bench, type, n) -> gradient(bench, type, function, n));
    }
  }

  private void addBroadcast(Binary function, int[]... s) {
    add(
        "binary " + function + " " + text(s[0]) + " " + text(s[1]) + " to " + text(s[2]),
        (bench, type) -> binary(bench, type, function, s[0], s[1], s[2]));
  }

  /** What is done at one size. */
  private interface Sized {
    void run(Bench bench, DataType type, int size);
  }

  private void addSized(String name, Sized body) {
    add(
        name,
        (bench, type) -> {
          for (int size : SIZES) {
            body.run(bench, type, size);
          }
        });
  }

  private void fill(Bench bench, DataType type) {
    Tensor y = bench.output("y", type, 3, 7);
    bumps("fill", y, () -> kernels.fill(-2.5, y));
    exact(bench, "y", y, Numbers.fill(21, i -> -2.5));
    Tensor large = bench.output("large", type, SIZES[1]);
    kernels.fill(1.0 / 3, large);
    double third = type == DataType.FLOAT32 ? (float) (1.0 / 3) : 1.0 / 3;
    exact(bench, "large", large, Numbers.fill(SIZES[1], i -> third));
    Tensor integers = bench.output("integers", DataType.INT32, 9);
    kernels.fill(7, integers);
    exact(bench, "integers", integers, Numbers.fill(9, i -> 7));
  }

  private void upload(Bench bench, DataType type) {
    Tensor y = bench.output("y", type, 4);
    double[] values = numbers("y", 4);
    bumps("upload", y, () -> bench.write(values, y));
    Tensor part = y.view(1, y.shape().with(0, 2));
    long before = y.version();
    bench.write(new double[] {8, 9}, part);
    expect(y.version() > before, "a write through a view must count for the whole storage");
    exact(bench, "y", y, values[0], 8, 9, values[3]);
  }

  private void copy(Bench bench, DataType type, int[] from, int... to) {
    double[] values = numbers("x", size(from));
    Tensor x = bench.input("x", type, values, from);
    Tensor y = bench.output("y", type, to);
    bumps("copy", y, () -> kernels.copy(x, y));
    exact(bench, "y", y, Numbers.fill(size(to), i -> values[broadcast(i, to, from)]));
    double[] integers = Numbers.fill(values.length, i -> i - 3);
    Tensor n = bench.input("n", DataType.INT32, integers, from);
    Tensor m = bench.output("m", DataType.INT32, to);
    kernels.copy(n, m);
    exact(bench, "m", m, Numbers.fill(size(to), i -> integers[broadcast(i, to, from)]));
  }

  private void scaleAdd(Bench bench, DataType type, int size) {
    double[] x = numbers("x", size);
    double[] y = numbers("y", size);
    Tensor source = bench.input("x", type, x, size);
    Tensor fresh = bench.output("fresh", type, size);
    kernels.scaleAdd(0.7, source, 0, fresh);
    near(bench, "y with β=0", fresh, Numbers.fill(size, i -> 0.7 * x[i]));
    for (double beta : new double[] {1, -0.3}) {
      Tensor target = bench.changing("y", type, y, size);
      kernels.scaleAdd(-2, source, beta, target);
      near(bench, "y with β=" + beta, target, Numbers.fill(size, i -> -2 * x[i] + beta * y[i]));
    }
  }

  private void affine(Bench bench, DataType type, int size) {
    double[] x = numbers("x", size);
    Tensor y = bench.output("y", type, size);
    kernels.affine(-0.7, 0.3, bench.input("x", type, x, size), y);
    near(bench, "y", y, Numbers.fill(size, i -> -0.7 * x[i] + 0.3));
  }

  private void addProduct(Bench bench, DataType type, int size) {
    double[] a = numbers("a", size);
    double[] b = numbers("b", size);
    double[] y = numbers("y", size);
    Tensor target = bench.changing("y", type, y, size);
    kernels.addProduct(bench.input("a", type, a, size), bench.input("b", type, b, size), target);
    near(bench, "y", target, Numbers.fill(size, i -> y[i] + a[i] * b[i]));
  }

  private void unary(Bench bench, DataType type, Unary function, int size) {
    boolean positive = function == Unary.LOGARITHM || function == Unary.SQUARE_ROOT;
    double[] x = numbers(function.toString(), size);
    for (int i = 0; i < size; i++) {
      x[i] = positive ? Math.abs(x[i]) : x[i];
      x[i] = Math.abs(x[i]) < 1e-2 ? 0.5 : x[i];
    }
    if (function == Unary.SIGN || function == Unary.ABSOLUTE) {
      x[0] = 0;
    }
    Tensor y = bench.output("y", type, size);
    kernels.unary(function, bench.input("x", type, x, size), y);
    near(bench, "y", y, Numbers.fill(size, i -> apply(function, x[i])));
  }

  private void far(Bench bench, DataType type, Unary function) {
    for (double x : FAR) {
      far(bench, type, i -> apply(function, i), (from, to) -> kernels.unary(function, from, to), x);
    }
  }

  private void far(Bench bench, DataType type, Activation function) {
    for (double x : FAR) {
      far(bench, type, function::apply, (from, to) -> kernels.activation(function, from, to), x);
    }
  }

  /** A tensor for each number: the bound of a large result hides no wrong small one. */
  private static void far(
      Bench bench,
      DataType type,
      DoubleUnaryOperator definition,
      BiConsumer<Tensor, Tensor> kernel,
      double value) {
    double[] x = Numbers.fill(SIZES[0], i -> (float) value);
    Tensor y = bench.output("y", type, x.length);
    kernel.accept(bench.input("x", type, x, x.length), y);
    double[] want = Numbers.fill(x.length, i -> definition.applyAsDouble(x[i]));
    near(bench, "y of " + (float) value, y, want);
  }

  private void binary(
      Bench bench, DataType type, Binary function, int[] aShape, int[] bShape, int... shape) {
    double[] a = numbers("a" + function, size(aShape));
    double[] b = divisors(numbers("b" + function, size(bShape)));
    b[0] = a[0];
    b = divisors(b);
    Tensor y = bench.output("y", type, shape);
    Tensor left = bench.input("a", type, a, aShape);
    kernels.binary(function, left, bench.input("b", type, b, bShape), y);
    double[] right = b;
    near(
        bench,
        "y",
        y,
        Numbers.fill(
            size(shape),
            i ->
                apply(
                    function, a[broadcast(i, shape, aShape)], right[broadcast(i, shape, bShape)])));
  }

  private void inPlace(Bench bench, DataType type, Binary function, int size) {
    double[] a = divisors(numbers("a", size));
    double[] b = divisors(numbers("b", size));
    Tensor left = bench.changing("a", type, a, size);
    kernels.binary(function, left, bench.input("b", type, b, size), left);
    near(bench, "y = a", left, Numbers.fill(size, i -> apply(function, a[i], b[i])));
    if (size > SIZES[0]) {
      return;
    }
    Tensor right = bench.changing("b", type, b, size);
    kernels.binary(function, bench.input("a", type, a, size), right, right);
    near(bench, "y = b", right, Numbers.fill(size, i -> apply(function, a[i], b[i])));
    Tensor both = bench.changing("both", type, a, size);
    kernels.binary(function, both, both, both);
    near(bench, "y = a = b", both, Numbers.fill(size, i -> apply(function, a[i], a[i])));
  }

  private void extremesOfNan(Bench bench, DataType type) {
    double[] a = {Double.NaN, 1, Double.NaN, Double.NEGATIVE_INFINITY};
    double[] b = {1, Double.NaN, Double.NaN, 2};
    Tensor left = bench.input("a", type, a, 4);
    Tensor right = bench.input("b", type, b, 4);
    for (Binary function : List.of(Binary.MAXIMUM, Binary.MINIMUM)) {
      Tensor y = bench.output("y", type, 4);
      kernels.binary(function, left, right, y);
      exact(bench, function + " y", y, Numbers.fill(4, i -> apply(function, a[i], b[i])));
    }
  }

  private void activation(Bench bench, DataType type, Activation function, int size) {
    double[] x = new Numbers(7).uniform(size, 4);
    double[] corners = {0, 20, -20, 1e-4, -1e-4};
    System.arraycopy(corners, 0, x, 0, corners.length);
    x = Numbers.fill(size, rounded(x));
    double[] want = Numbers.fill(size, applied(function, x));
    Tensor y = bench.output("y", type, size);
    kernels.activation(function, bench.input("x", type, x, size), y);
    near(bench, "y", y, want);
    if (size > SIZES[0]) {
      return;
    }
    Tensor own = bench.changing("x", type, x, size);
    kernels.activation(function, own, own);
    near(bench, "y = x", own, want);
    Tensor nan = bench.output("y of NaN", type, 3);
    kernels.activation(function, nan, nan);
    exact(bench, "y of NaN", nan, Double.NaN, Double.NaN, Double.NaN);
  }

  private static java.util.function.IntToDoubleFunction rounded(double... x) {
    return i -> (float) x[i];
  }

  private static java.util.function.IntToDoubleFunction applied(Activation f, double... x) {
    return i -> f.apply(x[i]);
  }

  private void gradient(Bench bench, DataType type, Activation function, int size) {
    double[] x = new Numbers(8).uniform(size, 4);
    double[] y = Numbers.fill(size, i -> (float) function.apply(x[i]));
    double[] dy = numbers("dy", size);
    double[] want = Numbers.fill(size, i -> dy[i] * function.derivativeFromOutput(y[i]));
    Tensor output = bench.input("y", type, y, size);
    Tensor dx = bench.output("dx", type, size);
    kernels.activationGradient(function, output, bench.input("dy", type, dy, size), dx);
    near(bench, "dx", dx, want);
    if (size > SIZES[0]) {
      return;
    }
    Tensor own = bench.changing("dy", type, dy, size);
    kernels.activationGradient(function, output, own, own);
    near(bench, "dx = dy", own, want);
  }

  private static double[] divisors(double... values) {
    return Numbers.fill(values.length, i -> Math.abs(values[i]) < 0.125 ? 0.5 : values[i]);
  }

  private static double apply(Unary function, double x) {
    return switch (function) {
      case NEGATE -> -x;
      case ABSOLUTE -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case EXPONENTIAL -> Math.exp(x);
      case LOGARITHM -> Math.log(x);
      case SQUARE_ROOT -> Math.sqrt(x);
      case SQUARE -> x * x;
      case RECIPROCAL -> 1 / x;
    };
  }

  private static double apply(Binary function, double a, double b) {
    return switch (function) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAXIMUM -> Math.max(a, b);
      case MINIMUM -> Math.min(a, b);
      case GREATER_OR_EQUAL -> a >= b ? 1 : 0;
    };
  }
}
