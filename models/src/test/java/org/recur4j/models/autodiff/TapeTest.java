package org.recur4j.models.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;

class TapeTest {
  private static final double STEP = 1e-6;

  private Backend backend;
  private Scope scope;

  private interface Expression {
    Tensor of(Ops ops, Tensor[] x);
  }

  private record Case(Expression expression, Shape... inputs) {}

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
    scope = backend.scope("test");
  }

  @AfterEach
  void close() {
    scope.close();
    backend.close();
  }

  @TestFactory
  List<DynamicTest> gradientsAreWhatFiniteDifferencesSay() {
    List<DynamicTest> tests = new ArrayList<>();
    cases().forEach((name, c) -> tests.add(DynamicTest.dynamicTest(name, () -> check(c))));
    return tests;
  }

  private Map<String, Case> cases() {
    Map<String, Case> all = new TreeMap<>();
    Shape a = Shape.of(3, 4);
    Shape row = Shape.of(1, 4);
    Shape sequence = Shape.of(4, 3, 2);
    Tensor lengths = ints(new int[] {4, 2, 0}, 3);
    Tensor indices = ints(new int[] {1, -1, 2, 1}, 2, 2);
    Tensor labels = ints(new int[] {3, -1, 0}, 3);
    all.put("linear", new Case((o, x) -> o.linear(x[0], x[1], x[2]), a, a, Shape.of(3)));
    all.put("linear of itself", new Case((o, x) -> o.linear(x[0], x[0], null), a));
    all.put("matmul", new Case((o, x) -> o.matmul(x[0], x[1]), a, Shape.of(4, 2)));
    for (boolean ta : new boolean[] {false, true}) {
      for (boolean tb : new boolean[] {false, true}) {
        Shape left = ta ? Shape.of(2, 4, 3) : Shape.of(2, 3, 4);
        Shape right = tb ? Shape.of(2, 5, 4) : Shape.of(2, 4, 5);
        all.put(
            "batchedMatmul " + ta + " " + tb,
            new Case((o, x) -> o.batchedMatmul(ta, x[0], tb, x[1]), left, right));
      }
    }
    all.put("add", new Case((o, x) -> o.add(x[0], x[1]), a, row));
    all.put("add twice the same", new Case((o, x) -> o.add(x[0], x[0]), a));
    all.put("subtract", new Case((o, x) -> o.subtract(x[0], x[1]), row, a));
    all.put("multiply", new Case((o, x) -> o.multiply(x[0], x[1]), a, row));
    all.put("multiply by itself", new Case((o, x) -> o.multiply(x[0], x[0]), a));
    all.put("divide", new Case((o, x) -> o.divide(x[0], o.affine(1, x[1], 3)), a, row));
    all.put("maximum", new Case((o, x) -> o.maximum(x[0], x[1]), a, row));
    all.put("oneMinus", new Case((o, x) -> o.oneMinus(x[0]), a));
    all.put("reshape", new Case((o, x) -> o.reshape(x[0], 2, 6), a));
    all.put("reshape to the same", new Case((o, x) -> o.reshape(x[0], 3, 4), a));
    all.put("slice", new Case((o, x) -> o.slice(x[0], 1, 1, 3), a));
    all.put("concatenate", new Case((o, x) -> o.concatenate(0, x[0], x[1], x[0]), a, row));
    all.put("transpose", new Case((o, x) -> o.transpose(x[0]), sequence));
    all.put("gather", new Case((o, x) -> o.gather(x[0], indices), a));
    all.put("select", new Case((o, x) -> o.select(lengths, 2, x[0], x[1]), a, a));
    all.put("last", new Case((o, x) -> o.last(lengths, x[0]), sequence));
    all.put("reverse", new Case((o, x) -> o.reverse(lengths, x[0]), sequence));
    all.put("sum over axis", new Case((o, x) -> o.reduce(Reduction.SUM, x[0], 1), sequence));
    all.put("mean over axis", new Case((o, x) -> o.reduce(Reduction.MEAN, x[0], 0), sequence));
    all.put("mean", new Case((o, x) -> o.mean(x[0]), a));
    all.put("softmax", new Case((o, x) -> o.softmax(x[0], null), a));
    all.put(
        "softmaxCrossEntropy",
        new Case((o, x) -> o.softmaxCrossEntropy(x[0], labels, null, 0.1), a));
    for (Unary unary : List.of(Unary.NEGATE, Unary.EXPONENTIAL, Unary.SQUARE)) {
      all.put("unary " + unary, new Case((o, x) -> o.unary(unary, x[0]), a));
    }
    for (Activation activation :
        List.of(
            Activation.TANH,
            Activation.SIGMOID,
            Activation.RELU,
            Activation.SOFTSIGN,
            Activation.SOFTPLUS)) {
      all.put("activation " + activation, new Case((o, x) -> o.activate(activation, x[0]), a));
    }
    return all;
  }

  /** The loss weighs every element differently, so that a mixed-up gradient shows. */
  private static Tensor loss(Ops ops, Tensor y, Tensor[] weights) {
    return ops.sum(ops.multiply(ops.tanh(y), weights[0]));
  }

  private void check(Case c) {
    Tensor[] x = new Tensor[c.inputs().length];
    for (int i = 0; i < x.length; i++) {
      x[i] = random(c.inputs()[i], i);
    }
    EagerOps eager = new EagerOps(backend, scope);
    Tensor[] weights = {random(c.expression().of(eager, x).shape(), 99)};
    Tape tape = new Tape(backend, scope);
    for (Tensor input : x) {
      tape.watch(input);
    }
    tape.backward(loss(tape, c.expression().of(tape, x), weights));
    for (Tensor input : x) {
      double[] got = download(tape.gradient(input));
      double[] values = download(input);
      for (int i = 0; i < values.length; i++) {
        double want =
            (moved(c, x, input, values, i, STEP, weights)
                    - moved(c, x, input, values, i, -STEP, weights))
                / (2 * STEP);
        assertThat(got[i]).as("element " + i).isCloseTo(want, within(1e-7));
      }
    }
  }

  private double moved(
      Case c, Tensor[] x, Tensor input, double[] values, int i, double by, Tensor[] weights) {
    double[] changed = values.clone();
    changed[i] += by;
    backend.upload(changed, 0, input);
    EagerOps eager = new EagerOps(backend, scope);
    double loss = download(loss(eager, c.expression().of(eager, x), weights))[0];
    backend.upload(values, 0, input);
    return loss;
  }

  @Test
  void gradientsOfParametersAddUpOverTapes() {
    Parameter w = new Parameter("w", random(Shape.of(3), 0));
    Gradients sums = new Gradients(backend, scope, List.of(w));
    for (int i = 0; i < 2; i++) {
      Tape tape = new Tape(backend, scope, sums);
      tape.backward(tape.sum(tape.affine(2, w.value(), 0)));
    }
    assertThat(download(sums.of(w))).containsExactly(4, 4, 4);
    sums.zero();
    assertThat(download(sums.of(w))).containsExactly(0, 0, 0);
  }

  @Test
  void aClearedTapeKnowsItsParametersAndNothingElse() {
    Parameter w = new Parameter("w", random(Shape.of(3), 0));
    Tensor x = random(Shape.of(3), 1);
    Gradients sums = new Gradients(backend, scope, List.of(w));
    Tape tape = new Tape(backend, scope, sums);
    tape.watch(x);
    tape.backward(tape.sum(tape.multiply(x, w.value())));
    assertThat(tape.gradient(x)).isNotNull();
    tape.clear();
    assertThat(tape.gradient(x)).isNull();
    sums.zero();
    tape.backward(tape.sum(tape.multiply(x, w.value())));
    assertThat(tape.gradient(x)).isNull();
    assertThat(download(sums.of(w))).containsExactly(download(x));
  }

  @Test
  void whatDependsOnNothingWatchedHasNoGradient() {
    Tensor constant = random(Shape.of(3), 0);
    Tensor watched = random(Shape.of(3), 1);
    Tape tape = new Tape(backend, scope);
    tape.watch(watched);
    Tensor aside = tape.tanh(constant);
    tape.backward(tape.sum(tape.multiply(aside, watched)));
    assertThat(tape.gradient(aside)).isNull();
    assertThat(tape.gradient(constant)).isNull();
    assertThat(download(tape.gradient(watched))).containsExactly(download(aside));
  }

  @Test
  void refusesASecondWalkAndALossOfManyElements() {
    Tensor x = random(Shape.of(3), 0);
    Tape tape = new Tape(backend, scope);
    tape.watch(x);
    Tensor many = tape.tanh(x);
    assertThatThrownBy(() -> tape.backward(many))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("Reduce the loss to one element");
    Tensor loss = tape.sum(many);
    tape.backward(loss);
    assertThatThrownBy(() -> tape.backward(loss))
        .hasMessageContaining("got a second backward pass");
  }

  private Tensor ints(int[] values, int... extents) {
    Tensor tensor = scope.create(DataType.INT32, Shape.of(extents));
    backend.upload(values, 0, tensor);
    return tensor;
  }

  private Tensor random(Shape shape, int index) {
    double[] values = new double[shape.size()];
    new Philox(7)
        .fillUniform(values, 0, values.length, RandomStream.CUSTOM.at(index), 0, -1.0, 1.0);
    Tensor tensor = scope.create(DataType.FLOAT64, shape);
    backend.upload(values, 0, tensor);
    return tensor;
  }

  private double[] download(Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }
}
