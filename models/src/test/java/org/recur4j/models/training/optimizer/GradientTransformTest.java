package org.recur4j.models.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.training.Line;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.TrainingLoop;

/** Between the gradients of a batch and the update a caller may change them. */
class GradientTransformTest {
  private static final double RATE = 1.0 / 64;

  private static GradientTransform times(double factor) {
    return (ops, gradients) -> {
      for (Parameter parameter : gradients.parameters()) {
        Tensor gradient = gradients.of(parameter);
        ops.backend().kernels().copy(ops.affine(factor, gradient, 0), gradient);
      }
    };
  }

  private static List<Line.Point> points() {
    List<Line.Point> points = new ArrayList<>();
    for (int x = 0; x < 8; x++) {
      points.add(new Line.Point(x, 0.5f * x - 1));
    }
    return points;
  }

  private static List<Float> trained(
      double rate, UnaryOperator<Trainer<Line.Point>> options, boolean loop) {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Line line = new Line(backend)) {
      Trainer<Line.Point> trainer =
          options.apply(
              Trainer.of(line).optimizer(Optimizer.sgd(rate, 0)).epochs(3).batchSize(3).seed(2));
      if (loop) {
        try (TrainingLoop<Line.Point> steps = trainer.begin()) {
          steps.step(points());
        }
      } else {
        trainer.train(points());
      }
      return List.of(line.slope(), line.height());
    }
  }

  @Test
  void whatDoesNothingChangesNothing() {
    int[] calls = {0};
    List<Float> plain = trained(RATE, trainer -> trainer, false);
    assertThat(trained(RATE, trainer -> trainer.gradients((ops, g) -> calls[0]++), false))
        .isEqualTo(plain);
    assertThat(calls[0]).as("three batches in each of three epochs").isEqualTo(9);
  }

  /** Powers of two round nothing, so that the bits are equal. */
  @Test
  void scaledGradientsAreAnotherLearningRate() {
    for (boolean loop : new boolean[] {false, true}) {
      List<Float> wanted = trained(RATE / 2, trainer -> trainer, loop);
      assertThat(wanted).isNotEqualTo(trained(RATE, trainer -> trainer, loop));
      assertThat(trained(RATE, trainer -> trainer.gradients(times(0.5)), loop)).isEqualTo(wanted);
      assertThat(trained(RATE, t -> t.gradients(times(4)).gradients(times(0.125)), loop))
          .isEqualTo(wanted);
    }
  }

  @Test
  void isCalledOnceForTheSumOfAccumulatedBatches() {
    int[] calls = {0};
    trained(
        RATE,
        trainer -> trainer.batchSize(2).accumulate(2).epochs(1).gradients((ops, g) -> calls[0]++),
        false);
    assertThat(calls[0]).isEqualTo(2);
  }

  /** What is 1024 times as long is clipped 1024 times as much. */
  @Test
  void clippingMeasuresWhatItGives() {
    List<Float> wanted = trained(RATE * 1024, trainer -> trainer.maximumNorm(64.0 / 1024), false);
    assertThat(trained(RATE, t -> t.maximumNorm(64).gradients(times(1024)), false))
        .isEqualTo(wanted)
        .isNotEqualTo(trained(RATE, t -> t.maximumNorm(64), false));
  }
}
