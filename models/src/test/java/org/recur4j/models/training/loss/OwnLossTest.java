package org.recur4j.models.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.Target;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.Evaluation;
import org.recur4j.models.training.schedule.Interval;

/** Losses that the library does not know. */
class OwnLossTest {
  private static final double NAN = Double.NaN;
  private static final double[] LOGITS = {0.2, -1, 0.5, NAN, NAN, NAN, 2, 0.1, -0.3, 1, 3, -2};
  private static final Target TARGET = Target.ofClasses(2, -1, 1, 1);
  private static final List<Double> WEIGHTS = List.of(1.0, 0.5, 3.0);

  @TempDir private Path folder;
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

  /** (1 − p)^γ · (−ln p), Lin et al. 2017, equation 4; the class weights are their α. */
  record Focal(double gamma, List<Double> classWeights) implements Loss {
    @Override
    public OutputKind answer() {
      return OutputKind.CLASSES;
    }

    @Override
    public double weight(int label) {
      return classWeights.get(label);
    }

    @Override
    public BatchLoss of(Ops ops, Tensor output, Target target) {
      ClassRows rows = ClassRows.of(this, ops, output, target);
      Tensor surprise = rows.crossEntropy();
      Tensor right = ops.unary(Unary.EXPONENTIAL, ops.affine(-1, surprise, 0));
      // Not quite 1 − p, whose logarithm has no gradient where p is 1.
      Tensor logarithm = ops.unary(Unary.LOGARITHM, ops.affine(-1, right, 1 + 1e-6));
      Tensor factor = ops.unary(Unary.EXPONENTIAL, ops.affine(gamma, logarithm, 0));
      return rows.mean(ops.multiply(factor, surprise));
    }

    @Override
    public String description() {
      return toString();
    }
  }

  /** ln cosh(ŷ − y), the mean over the answers and their values. */
  record LogCosh() implements Loss {
    @Override
    public OutputKind answer() {
      return OutputKind.VALUES;
    }

    @Override
    public BatchLoss of(Ops ops, Tensor output, Target target) {
      int numbers = output.extent(-1);
      CountedRows rows = CountedRows.of(ops, output, target, numbers);
      Tensor up = ops.unary(Unary.EXPONENTIAL, rows.difference());
      Tensor cosh = ops.affine(0.5, ops.add(up, ops.unary(Unary.RECIPROCAL, up)), 0);
      return rows.mean(ops.unary(Unary.LOGARITHM, cosh), numbers);
    }

    @Override
    public String description() {
      return toString();
    }
  }

  /** The loss in one number, then its gradient. */
  private double[] run(Loss loss, double[] output, Target target) {
    return run(DataType.FLOAT64, loss, output, target);
  }

  private double[] run(DataType type, Loss loss, double[] output, Target target) {
    scope.reset();
    int columns = output.length / target.rows();
    Tensor values = scope.create(type, Shape.of(target.rows(), columns));
    backend.upload(output, 0, values);
    Tape tape = new Tape(backend, scope);
    tape.watch(values);
    BatchLoss batch = loss.of(tape, values, target);
    tape.backward(batch.mean());
    double[] all = new double[output.length + 1];
    backend.download(batch.mean(), all, 0);
    backend.download(tape.gradient(values), all, 1);
    return all;
  }

  private void gradientIsThatOfFiniteDifferences(Loss loss, double[] output, Target target) {
    double[] got = run(loss, output, target);
    for (int i = 0; i < output.length; i++) {
      if (Double.isNaN(output[i])) {
        assertThat(got[i + 1]).as("where nothing counts").isZero();
        continue;
      }
      double[] moved = output.clone();
      moved[i] += 1e-5;
      double above = run(loss, moved, target)[0];
      moved[i] -= 2e-5;
      double below = run(loss, moved, target)[0];
      assertThat(got[i + 1]).isCloseTo((above - below) / 2e-5, within(1e-8));
    }
  }

  @Test
  void focalLossIsItsFormulaAndSoIsItsGradient() {
    Loss focal = new Focal(2, WEIGHTS);
    double sum = 0;
    for (int row : new int[] {0, 2, 3}) {
      double all = 0;
      for (int c = 0; c < 3; c++) {
        all += Math.exp(LOGITS[row * 3 + c]);
      }
      int label = TARGET.labels()[row];
      double p = Math.exp(LOGITS[row * 3 + label]) / all;
      sum -= WEIGHTS.get(label) * (1 - p) * (1 - p) * Math.log(p);
    }
    assertThat(run(focal, LOGITS, TARGET)[0]).isCloseTo(sum / 4, within(1e-5));
    gradientIsThatOfFiniteDifferences(focal, LOGITS, TARGET);
  }

  @Test
  void focalLossOfWhatIsCertainIsZeroAndSoIsItsGradient() {
    double[] certain = {60, 0, 0};
    assertThat(run(DataType.FLOAT32, new Focal(2, WEIGHTS), certain, Target.ofClasses(0)))
        .containsExactly(new double[4], within(1e-12));
  }

  @Test
  void focalLossWithoutFocusIsCrossEntropy() {
    double[] wanted = run(new Loss.SoftmaxCrossEntropy(WEIGHTS, 0), LOGITS, TARGET);
    assertThat(run(new Focal(0, WEIGHTS), LOGITS, TARGET)).containsExactly(wanted, within(1e-14));
  }

  @Test
  void aLossOfNumbersLeavesOutWhatDoesNotCount() {
    double[] output = {1.5, -0.5, NAN, NAN, -2, 0.25};
    Target target =
        Target.ofValues(new float[] {1, 1, 9, 9, 0.5f, 0.5f}, new boolean[] {true, false, true});
    double wanted = 0;
    for (double d : new double[] {0.5, -1.5, -2.5, -0.25}) {
      wanted += Math.log(Math.cosh(d)) / 4;
    }
    assertThat(run(new LogCosh(), output, target)[0]).isCloseTo(wanted, within(1e-14));
    gradientIsThatOfFiniteDifferences(new LogCosh(), output, target);
  }

  @Test
  void trainsANetworkAndIsKnownByItsCheckpoint() {
    List<Example> examples =
        List.of(
            Example.tagged(new int[] {0, 1, 2}, 0, 1, -1), Example.tagged(new int[] {2, 1}, 2, 1));
    Path file = folder.resolve("training.safetensors");
    try (Network network =
        Networks.manyToMany().embedding(3, 4).classes(3).seed(1).build(backend)) {
      List<EpochReport> epochs =
          Trainer.of(network, new Focal(2, WEIGHTS))
              .epochs(40)
              .checkpoint(file, Interval.batches(1))
              .train(examples)
              .epochs();
      assertThat(epochs.get(39).loss()).isLessThan(epochs.get(0).loss() * 0.9);
      Evaluation evaluation = Trainer.of(network, new Focal(2, WEIGHTS)).evaluate(examples);
      assertThat(evaluation.answers()).isEqualTo(4);
      assertThat(evaluation.accuracy()).isBetween(0.0, 1.0);
      assertThatThrownBy(
              () ->
                  Trainer.of(network, new Focal(1, WEIGHTS))
                      .epochs(40)
                      .checkpoint(file, Interval.batches(1))
                      .train(examples))
          .hasMessageContaining("gamma=1.0")
          .hasMessageContaining("gamma=2.0");
      assertThatThrownBy(() -> Trainer.of(network, new LogCosh()))
          .hasMessageContaining("LogCosh[] for a network with output CLASSES");
    }
  }
}
