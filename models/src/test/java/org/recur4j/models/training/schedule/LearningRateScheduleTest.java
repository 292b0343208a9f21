package org.recur4j.models.training.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.gru;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.Evaluation;

class LearningRateScheduleTest {
  private static TrainingMoment at(long step, long steps) {
    return new TrainingMoment(step, steps, 1, List.of());
  }

  private static TrainingMoment after(double... losses) {
    List<EpochReport> finished = new ArrayList<>();
    for (double loss : losses) {
      Evaluation judged = new Evaluation(loss, Double.NaN, 1);
      finished.add(new EpochReport(finished.size() + 1, 99, 0, judged, false, 0));
    }
    return new TrainingMoment(0, 1, losses.length + 1, finished);
  }

  @Test
  void constantIsAlwaysOne() {
    LearningRateSchedule schedule = LearningRateSchedule.constant();
    assertThat(schedule.factor(at(0, 1))).isEqualTo(1);
    assertThat(schedule.factor(at(999, 1000))).isEqualTo(1);
  }

  @Test
  void cosineFallsFromOneTowardNothing() {
    LearningRateSchedule schedule = LearningRateSchedule.cosine();
    assertThat(schedule.factor(at(0, 100))).isEqualTo(1);
    assertThat(schedule.factor(at(25, 100))).isCloseTo(0.5 + Math.sqrt(0.125), within(1e-15));
    assertThat(schedule.factor(at(50, 100))).isCloseTo(0.5, within(1e-15));
    assertThat(schedule.factor(at(99, 100))).isBetween(1e-6, 1e-3);
    for (int step = 1; step < 100; step++) {
      assertThat(schedule.factor(at(step, 100))).isLessThan(schedule.factor(at(step - 1, 100)));
    }
    assertThat(new LearningRateSchedule.Cosine(0.2).factor(at(50, 100)))
        .isCloseTo(0.6, within(1e-15));
  }

  @Test
  void stepsFallAfterTheirEpochs() {
    LearningRateSchedule schedule = LearningRateSchedule.steps(3, 0.5);
    double[] factors = new double[8];
    for (int epoch = 1; epoch <= factors.length; epoch++) {
      factors[epoch - 1] = schedule.factor(new TrainingMoment(0, 1, epoch, List.of()));
    }
    assertThat(factors).containsExactly(1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25);
  }

  @Test
  void warmUpRisesToTheFirstFactorOfWhatFollows() {
    LearningRateSchedule schedule = LearningRateSchedule.warmUpCosine(4);
    LearningRateSchedule cosine = LearningRateSchedule.cosine();
    assertThat(schedule.factor(at(0, 24))).isEqualTo(0.2);
    assertThat(schedule.factor(at(3, 24))).isEqualTo(0.8);
    assertThat(schedule.factor(at(4, 24))).isEqualTo(1);
    assertThat(schedule.factor(at(14, 24))).isEqualTo(cosine.factor(at(10, 20)));
    assertThat(schedule.factor(at(2, 3))).as("shorter than its warm-up").isEqualTo(0.6);
  }

  @Test
  void plateauFallsWhenTheValidationLossStandsStill() {
    LearningRateSchedule schedule = LearningRateSchedule.plateau(0.5, 1);
    assertThat(schedule.factor(after())).isEqualTo(1);
    assertThat(schedule.factor(after(1, 0.9, 0.8))).isEqualTo(1);
    assertThat(schedule.factor(after(1, 1))).as("patience for one epoch").isEqualTo(1);
    assertThat(schedule.factor(after(1, 1, 1))).isEqualTo(0.5);
    assertThat(schedule.factor(after(1, 1, 1, 1))).as("waits anew").isEqualTo(0.5);
    assertThat(schedule.factor(after(1, 1, 1, 1, 1))).isEqualTo(0.25);
    assertThat(schedule.factor(after(1, 1, 0.9, 0.95))).as("lower in time").isEqualTo(1);
    assertThat(schedule.factor(after(1, 0.99995, 0.9999))).as("too little").isEqualTo(0.5);
    assertThat(schedule.factor(after(-1, -0.99, -0.98))).as("losses below 0").isEqualTo(0.5);
    assertThat(schedule.factor(after(-1, -1.1, -1.2))).as("losses below 0").isEqualTo(1);
    assertThat(schedule.factor(after(1, Double.NaN, Double.NaN))).isEqualTo(0.5);
    assertThat(new LearningRateSchedule.Plateau(0.1, 0, 0, 0.05).factor(after(1, 1, 1)))
        .as("not below its floor")
        .isEqualTo(0.05);
  }

  /** With patience 0 and examples whose loss only rises, the rate halves after every epoch. */
  @Test
  void plateauSeesTheLossesOfTheTraining() {
    List<Example> learning = List.of(Example.classified(new int[] {0}, 0));
    List<Example> contrary = List.of(Example.classified(new int[] {0}, 1));
    List<Double> factors = new ArrayList<>();
    LearningRateSchedule plateau = LearningRateSchedule.plateau(0.5, 0);
    LearningRateSchedule recorded =
        moment -> {
          factors.add(plateau.factor(moment));
          return factors.get(factors.size() - 1);
        };
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network = Networks.oneToOne().embedding(1, 2).classes(2).build(backend)) {
      Trainer.of(network).schedule(recorded).epochs(4).validation(contrary).train(learning);
      assertThat(factors).containsExactly(1.0, 1.0, 0.5, 0.25);
      assertThatThrownBy(() -> Trainer.of(network).schedule(plateau).train(learning))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("0 validation examples")
          .hasMessageContaining("a schedule that looks at validation losses");
    }
  }

  @Test
  void refusesNumbersThatMakeNoSchedule() {
    assertThatThrownBy(() -> LearningRateSchedule.steps(0, 0.5))
        .hasMessageContaining("a reduction every 0 epochs");
    assertThatThrownBy(() -> LearningRateSchedule.steps(1, 1)).hasMessageContaining("(0, 1)");
    assertThatThrownBy(() -> LearningRateSchedule.plateau(0.5, -1))
        .hasMessageContaining("patience -1");
    assertThatThrownBy(() -> LearningRateSchedule.warmUpCosine(0))
        .hasMessageContaining("a warm-up of 0 steps");
    assertThatThrownBy(() -> new LearningRateSchedule.Cosine(2)).hasMessageContaining("floor 2.0");
  }

  /** 10 examples in batches of 4 are 3 steps, 3 epochs are 9. */
  @Test
  void isAskedOnceForEveryStepOfTheTraining() {
    List<String> asked = new ArrayList<>();
    trained(
        0.1,
        moment -> {
          asked.add(moment.step() + "/" + moment.steps());
          return 1;
        });
    assertThat(asked)
        .containsExactly("0/9", "1/9", "2/9", "3/9", "4/9", "5/9", "6/9", "7/9", "8/9");
  }

  @Test
  void scalesTheOptimizersOwnRate() {
    float[][] half = trained(0.1, moment -> 0.5);
    assertThat(half).isDeepEqualTo(trained(0.05, LearningRateSchedule.constant()));
    assertThat(Arrays.deepEquals(half, trained(0.1, moment -> 1))).isFalse();
  }

  @Test
  void aFactorOfZeroMovesNothing() {
    float[][] untouched = trained(0.1, moment -> 0);
    assertThat(untouched).isDeepEqualTo(trained(0.2, moment -> 0));
  }

  @Test
  void everyStepHasItsOwnRate() {
    float[][] changing = trained(0.1, moment -> moment.step() < 4 ? 1 : 0);
    float[][] shorter = trained(0.1, moment -> moment.step() < 3 ? 1 : 0);
    assertThat(Arrays.deepEquals(changing, shorter)).isFalse();
  }

  /** Answers of a network after three epochs of plain gradient descent. */
  private static float[][] trained(double rate, LearningRateSchedule schedule) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      examples.add(Example.classified(new int[] {i % 4, i % 3}, i % 2));
    }
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network =
            Networks.manyToOne().embedding(4, 3).recurrent(gru(3)).classes(2).build(backend)) {
      Trainer.of(network)
          .optimizer(Optimizer.sgd(rate, 0))
          .schedule(schedule)
          .epochs(3)
          .batchSize(4)
          .train(examples);
      return network.predict(SequenceBatch.ofIndices(List.of(new int[] {1, 2}, new int[] {3})));
    }
  }
}
