package org.recur4j.backend.ejml.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.kernel.Optimizers.Adam;
import org.recur4j.api.kernel.Optimizers.RmsProp;
import org.recur4j.api.kernel.Optimizers.Sgd;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

class EjmlLossesAndOptimizersTest extends EjmlKernelsFixture {
  @ParameterizedTest
  @EnumSource(value = DataType.class, names = "INT32", mode = EnumSource.Mode.EXCLUDE)
  void takesSoftmaxOverTheUnmaskedAndCrossEntropyWithItsGradient(DataType type) {
    Tensor x = tensor(type, Shape.of(2, 3));
    set(x, 1, Double.NaN, 2, 100, 101, Double.NaN);
    Tensor mask = tensor(type, Shape.of(2, 3));
    set(mask, 1, 0, 1, 1, 1, 0);
    Tensor y = tensor(type, Shape.of(2, 3));
    kernels.softmax(x, mask, y);
    double e = Math.exp(1);
    double[] want = {1 / (1 + e), 0, e / (1 + e), 1 / (1 + e), e / (1 + e), 0};
    for (int i = 0; i < 6; i++) {
      assertThat(value(y, i)).isCloseTo(want[i], within(1e-6));
    }
    set(mask, 0, 0, 0, 0, 0, 0);
    kernels.softmax(x, mask, y);
    assertThat(values(y)).containsOnly(0.0);

    Tensor logits = tensor(type, Shape.of(3, 4));
    set(logits, 1, 2, 3, 4, Double.NaN, 0, 0, 0, 1, 0, -1, 2);
    Tensor labels = integers(2, -1, 0);
    Tensor weights = tensor(type, Shape.of(3));
    set(weights, 0.5, 1, 2);
    Tensor loss = tensor(type, Shape.of(3));
    Tensor gradient = tensor(type, Shape.of(3, 4));
    kernels.softmaxCrossEntropy(logits, labels, weights, 0.1, loss, gradient);
    double logSum = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3) + Math.exp(4));
    assertThat(value(loss, 0)).isCloseTo(0.5 * (logSum - 0.9 * 3 - 0.1 * 2.5), within(1e-6));
    assertThat(value(gradient, 2)).isCloseTo(0.5 * (Math.exp(3 - logSum) - 0.925), within(1e-6));
    assertThat(value(loss, 1)).isZero();
    assertThat(value(gradient, 5)).isZero();
    assertThatThrownBy(
            () -> kernels.softmaxCrossEntropy(logits, integers(4, 0, 0), null, 0, loss, null))
        .hasMessageContaining("got label 4 in row 0; expected a label in [-1, 4)");
  }

  @ParameterizedTest
  @EnumSource(value = DataType.class, names = "INT32", mode = EnumSource.Mode.EXCLUDE)
  void updatesParametersAlikeAtAnyOffset(DataType type) {
    int n = 1500;
    Tensor rate = tensor(type, Shape.of());
    set(rate, 0.1);
    Tensor scale = tensor(type, Shape.of());
    set(scale, 0.5);
    for (int kind = 0; kind < 5; kind++) {
      double[][] results = new double[2][];
      double[] want = new double[3];
      for (int shift = 0; shift < 2; shift++) {
        Tensor p = tensor(type, Shape.of(n + 1)).view(shift, Shape.of(n));
        kernels.fill(0.8, p);
        Tensor g = tensor(type, Shape.of(n));
        kernels.fill(0.6, g);
        Tensor first = tensor(type, Shape.of(n));
        kernels.fill(0, first);
        Tensor second = tensor(type, Shape.of(n));
        kernels.fill(0, second);
        long version = p.version();
        double d = 0.5 * 0.6 + 0.01 * 0.8;
        switch (kind) {
          case 0 -> kernels.sgd(new Sgd(0, 0.01, false), rate, scale, g, null, p);
          case 1 -> kernels.sgd(new Sgd(0.9, 0.01, true), rate, scale, g, first, p);
          case 2 -> kernels.rmsProp(new RmsProp(0.9, 1e-8, 0.01), rate, scale, g, first, p);
          case 3 ->
              kernels.adam(
                  new Adam(0.9, 0.999, 1e-8, 0.01, false), 1, rate, scale, g, first, second, p);
          default ->
              kernels.adam(
                  new Adam(0.9, 0.999, 1e-8, 0.01, true), 1, rate, scale, g, first, second, p);
        }
        want =
            new double[] {
              0.8 - 0.1 * d,
              0.8 - 0.1 * 1.9 * d,
              0.8 - 0.1 * d / (Math.sqrt(0.1) * d),
              0.7,
              0.8 * 0.999 - 0.1
            };
        assertThat(value(p, n - 1)).as("optimizer %d", kind).isCloseTo(want[kind], within(1e-6));
        assertThat(p.version()).isGreaterThan(version);
        results[shift] = values(p);
      }
      assertThat(results[1]).containsExactly(results[0]);
    }
    Tensor factor = tensor(type, Shape.of());
    Tensor sum = tensor(type, Shape.of());
    for (double[] pair :
        new double[][] {
          {16, 0.5}, {1, 1}, {0, 1}, {Double.NaN, 0}, {Double.POSITIVE_INFINITY, 0}
        }) {
      set(sum, pair[0]);
      kernels.clipFactor(sum, 2, factor);
      assertThat(value(factor, 0)).as("clip factor for %s", pair[0]).isEqualTo(pair[1]);
    }
    Tensor p = tensor(type, Shape.of(2));
    double[] before = values(p);
    Tensor bad = tensor(type, Shape.of(2));
    kernels.fill(Double.NaN, bad);
    set(scale, 0);
    kernels.sgd(new Sgd(0, 0, false), rate, scale, bad, null, p);
    assertThat(values(p)).containsExactly(before);
  }
}
