package org.recur4j.models.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.data.Target;

/** Every loss against its formula, written out here, and against finite differences. */
class LossTest {
  private static final double STEP = 1e-6;
  private static final double NAN = Double.NaN;
  private static final boolean[] FIRST_AND_LAST = {true, false, true};

  private Backend backend;
  private Scope scope;

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

  /** Output {@code [3, C]} whose second row must not count; NaN stands there. */
  private record Case(String name, Loss loss, double[] output, Target target, double mean) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    double[] logits = {0.2, -1, 0.5, NAN, NAN, NAN, 2, 0.1, -0.3};
    Target classes = Target.ofClasses(2, -1, 1);
    double first = -Math.log(Math.exp(0.5) / (Math.exp(0.2) + Math.exp(-1) + Math.exp(0.5)));
    double last = -Math.log(Math.exp(0.1) / (Math.exp(2) + Math.exp(0.1) + Math.exp(-0.3)));
    double[] pairs = {1.5, -0.5, NAN, NAN, -2, 0.25};
    Target numbers = Target.ofValues(new float[] {1, 1, 9, 9, 0.5f, 0.5f}, FIRST_AND_LAST);
    Target labels = Target.ofValues(new float[] {1, 0, 1, 1, 0, 1}, FIRST_AND_LAST);
    double labelTerms =
        Math.log(1 + Math.exp(-1.5))
            + Math.log(1 + Math.exp(-0.5))
            + Math.log(1 + Math.exp(-2))
            + Math.log(1 + Math.exp(-0.25));
    Target one = Target.ofValues(new float[] {1, 9, -1}, FIRST_AND_LAST);
    return List.of(
        new Case("classes", Loss.softmaxCrossEntropy(), logits, classes, (first + last) / 2),
        new Case(
            "weighed classes",
            new Loss.SoftmaxCrossEntropy(List.of(7.0, 0.5, 3.0), 0),
            logits,
            classes,
            (3 * first + 0.5 * last) / 3.5),
        new Case(
            "smoothed classes",
            new Loss.SoftmaxCrossEntropy(List.of(), 0.3),
            logits,
            classes,
            (smoothed(new double[] {0.2, -1, 0.5}, 2) + smoothed(new double[] {2, 0.1, -0.3}, 1))
                / 2),
        new Case(
            "weighed and smoothed classes",
            new Loss.SoftmaxCrossEntropy(List.of(0.2, 0.3, 5.0), 0.3),
            logits,
            classes,
            (spread(new double[] {0.2, -1, 0.5}, 2, 0.2, 0.3, 5)
                    + spread(new double[] {2, 0.1, -0.3}, 1, 0.2, 0.3, 5))
                / 5.3),
        new Case(
            "a label whose class weighs nothing, smoothed",
            new Loss.SoftmaxCrossEntropy(List.of(2.0, 0.0, 1.0), 0.3),
            logits,
            classes,
            spread(new double[] {0.2, -1, 0.5}, 2, 2, 0, 1)
                + spread(new double[] {2, 0.1, -0.3}, 1, 2, 0, 1)),
        new Case("labels", Loss.binaryCrossEntropy(), pairs, labels, labelTerms / 2),
        new Case(
            "squared",
            Loss.squaredError(),
            pairs,
            numbers,
            (0.5 * 0.5 + 1.5 * 1.5 + 2.5 * 2.5 + 0.25 * 0.25) / 4),
        new Case("absolute", Loss.absoluteError(), pairs, numbers, (0.5 + 1.5 + 2.5 + 0.25) / 4),
        new Case(
            "Huber",
            Loss.huber(1),
            pairs,
            numbers,
            (0.5 * 0.5 / 2 + (1.5 - 0.5) + (2.5 - 0.5) + 0.25 * 0.25 / 2) / 4),
        // d = y − ŷ is −0.5 and 1.5, then 1 and −1.25: below zero it costs (1 − τ)·|d|, else τ·d
        new Case(
            "quantiles",
            Loss.quantile(0.1, 0.8),
            new double[] {1.5, -0.5, NAN, NAN, -2, 0.25},
            one,
            (0.9 * 0.5 + 0.8 * 1.5 + 0.1 * 1 + 0.2 * 1.25) / 4));
  }

  /** −Σ q ln p with q = 0.7·onehot + 0.3/3. */
  private static double smoothed(double[] logits, int label) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    double loss = 0;
    for (int c = 0; c < logits.length; c++) {
      loss -= ((c == label ? 0.7 : 0) + 0.1) * Math.log(Math.exp(logits[c]) / sum);
    }
    return loss;
  }

  /** −Σ_c q_c w_c ln p_c with q = 0.7·onehot + 0.3/3. */
  private static double spread(double[] logits, int label, double... weights) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    double loss = 0;
    for (int c = 0; c < logits.length; c++) {
      loss -= ((c == label ? 0.7 : 0) + 0.1) * weights[c] * Math.log(Math.exp(logits[c]) / sum);
    }
    return loss;
  }

  /** The values are those of torch.nn.functional.cross_entropy 1.13 in double precision. */
  @Test
  void weightsAndSmoothingTogetherAreThoseOfPyTorch() {
    double[] logits = {1, -2, 0.5, 0, 3, -1, 2, 2, 2, -1, 0.25, 4};
    List<Double> weights = List.of(0.2, 0.3, 5.0);
    assertLoss(
        new Loss.SoftmaxCrossEntropy(weights, 0.1),
        logits,
        Target.ofClasses(0, 2, 1, 2),
        1.904796214975156,
        0.0031138506921270506,
        8.775198256621216e-05,
        -0.0032016026746926633,
        0.020155788800651848,
        0.4166401810750764,
        -0.4367959698757282,
        0.013756613756613755,
        -0.012275132275132276,
        -0.0014814814814814825,
        0.002282159353584854,
        0.009229228641852055,
        -0.011511387995436918);
    assertLoss(
        new Loss.SoftmaxCrossEntropy(List.of(0.0, 2.0, 1.0), 0.3),
        logits,
        Target.ofClasses(0, 2, 1, 2),
        1.6786777205300036,
        0.04528116721114694,
        -0.04774558343228195,
        0.0024644162211350166,
        0.01165315564449347,
        0.18405988796912642,
        -0.19571304361361988,
        0.14166666666666666,
        -0.2583333333333333,
        0.11666666666666665,
        0.0016350181430235388,
        -0.044293225939175444,
        0.0426582077961519);
    double[] padded = logits.clone();
    Arrays.fill(padded, 3, 6, NAN);
    assertLoss(
        new Loss.SoftmaxCrossEntropy(weights, 0.1),
        padded,
        Target.ofClasses(0, -1, 1, 2),
        0.18275223781366806,
        0.005944624048606192,
        0.00016752651217185997,
        -0.006112150560778044,
        0,
        0,
        0,
        0.026262626262626262,
        -0.02343434343434343,
        -0.0028282828282828296,
        0.0043568496750256295,
        0.017619436498081193,
        -0.021976286173106808);
    assertLoss(
        new Loss.SoftmaxCrossEntropy(List.of(0.0, 0.0, 0.0), 0.1),
        new double[3],
        Target.ofClasses(1),
        0,
        0,
        0,
        0);
  }

  private void assertLoss(
      Loss loss, double[] logits, Target target, double mean, double... gradient) {
    Tape tape = new Tape(backend, scope);
    // Steps before rows, as many-to-many networks answer.
    Tensor output = scope.create(DataType.FLOAT64, Shape.of(target.rows(), 1, 3));
    backend.upload(logits, 0, output);
    tape.watch(output);
    BatchLoss got = loss.of(tape, output, target);
    tape.backward(got.mean());
    assertThat(download(got.mean())).containsExactly(new double[] {mean}, within(1e-12));
    assertThat(download(tape.gradient(output))).containsExactly(gradient, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isItsFormulaOverTheRowsThatCount(Case c) {
    BatchLoss loss = c.loss().of(new EagerOps(backend, scope), output(c), c.target());
    assertThat(download(loss.mean())).containsExactly(new double[] {c.mean()}, within(1e-7));
    assertThat(loss.answers()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheGradientThatFiniteDifferencesSay(Case c) {
    Tape tape = new Tape(backend, scope);
    Tensor output = output(c);
    tape.watch(output);
    tape.backward(c.loss().of(tape, output, c.target()).mean());
    double[] gradient = download(tape.gradient(output));
    for (int i = 0; i < gradient.length; i++) {
      if (Double.isNaN(c.output()[i])) {
        assertThat(gradient[i]).as("padding " + i).isZero();
      } else {
        double want = (moved(c, i, STEP) - moved(c, i, -STEP)) / (2 * STEP);
        assertThat(gradient[i]).as("element " + i).isCloseTo(want, within(1e-8));
      }
    }
  }

  private Tensor output(Case c) {
    return upload(c.output());
  }

  private double moved(Case c, int i, double by) {
    double[] values = download(output(c));
    values[i] += by;
    EagerOps ops = new EagerOps(backend, scope);
    return download(c.loss().of(ops, upload(values), c.target()).mean())[0];
  }

  @Test
  void aBatchInWhichNothingCountsHasNoLossAndNoGradient() {
    for (Case c : cases()) {
      Target nothing =
          c.target().labels() != null
              ? Target.ofClasses(-1, -1, -1)
              : Target.ofValues(c.target().values(), new boolean[3]);
      Tape tape = new Tape(backend, scope);
      Tensor output = output(c);
      tape.watch(output);
      BatchLoss loss = c.loss().of(tape, output, nothing);
      tape.backward(loss.mean());
      assertThat(download(loss.mean())).as(c.name()).containsExactly(0);
      assertThat(download(tape.gradient(output))).as(c.name()).containsOnly(0);
      assertThat(loss.answers()).isZero();
    }
  }

  @Test
  void labelsOfAnyLogitAreFiniteAndExact() {
    EagerOps ops = new EagerOps(backend, scope);
    Tensor logits = scope.create(DataType.FLOAT32, Shape.of(1, 4));
    backend.upload(new float[] {1000, -1000, 20, -20}, 0, logits);
    Target right = Target.ofValues(new float[] {1, 0, 1, 0}, new boolean[] {true});
    Target wrong = Target.ofValues(new float[] {0, 1, 0, 1}, new boolean[] {true});
    assertThat(download(Loss.binaryCrossEntropy().of(ops, logits, right).mean())[0])
        .as("2·ln(1 + e^−20), which a difference of large numbers would lose")
        .isCloseTo(2 * Math.log1p(Math.exp(-20)), within(1e-15));
    assertThat(download(Loss.binaryCrossEntropy().of(ops, logits, wrong).mean())[0])
        .isEqualTo(2040);
  }

  @Test
  void theKinksHaveAGradientBetweenTheirSides() {
    assertThat(gradientAt(Loss.absoluteError(), 0)).isZero();
    assertThat(gradientAt(Loss.huber(0.5), 0.5)).isEqualTo(0.5);
    assertThat(gradientAt(Loss.huber(0.5), -3)).isEqualTo(-0.5);
    assertThat(gradientAt(Loss.quantile(0.25), 0)).isBetween(-0.25, 0.75);
  }

  private double gradientAt(Loss loss, double difference) {
    Tape tape = new Tape(backend, scope);
    Tensor output = scope.create(DataType.FLOAT64, Shape.of(1, 1));
    backend.upload(new double[] {difference}, 0, output);
    tape.watch(output);
    tape.backward(
        loss.of(tape, output, Target.ofValues(new float[1], new boolean[] {true})).mean());
    return download(tape.gradient(output))[0];
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    EagerOps ops = new EagerOps(backend, scope);
    Tensor output = upload(new double[6]);
    Target classes = Target.ofClasses(0, 1, 0);
    Target numbers = Target.ofValues(new float[3], FIRST_AND_LAST);
    assertThatThrownBy(() -> Loss.squaredError().of(ops, output, classes))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("got class targets; expected 3 rows of 2 numbers");
    assertThatThrownBy(() -> Loss.squaredError().of(ops, output, numbers))
        .hasMessageContaining("got 3 numbers in 3 rows");
    assertThatThrownBy(() -> Loss.softmaxCrossEntropy().of(ops, output, numbers))
        .hasMessageContaining("got numeric targets; expected labels of 3 rows");
    assertThatThrownBy(() -> new Loss.SoftmaxCrossEntropy(List.of(1.0), 0).of(ops, output, classes))
        .hasMessageContaining("got 1 class weights; expected one for each of the 2");
    assertThatThrownBy(() -> Loss.quantile(0.1, 0.5, 0.9).of(ops, output, numbers))
        .hasMessageContaining("2 outputs for 3 levels");
    assertThatThrownBy(() -> Loss.quantile(1)).hasMessageContaining("level 1.0");
    assertThatThrownBy(Loss::quantile).hasMessageContaining("no levels");
    assertThatThrownBy(() -> Loss.huber(0)).hasMessageContaining("threshold 0.0");
    assertThatThrownBy(() -> new Loss.SoftmaxCrossEntropy(List.of(-1.0), 0))
        .hasMessageContaining("class weight -1.0");
    assertThatThrownBy(() -> new Loss.SoftmaxCrossEntropy(List.of(), 1))
        .hasMessageContaining("smoothing 1.0");
    assertThatThrownBy(() -> new Target(null, null, null))
        .hasMessageContaining("neither classes nor numbers");
  }

  private Tensor upload(double[] values) {
    Tensor tensor = scope.create(DataType.FLOAT64, Shape.of(3, values.length / 3));
    backend.upload(values, 0, tensor);
    return tensor;
  }

  private double[] download(Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }
}
