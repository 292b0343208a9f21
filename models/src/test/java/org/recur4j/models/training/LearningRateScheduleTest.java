package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.gru;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.network.SequenceBatch;

class LearningRateScheduleTest {
  @Test
  void constantIsAlwaysOne() {
    LearningRateSchedule schedule = LearningRateSchedule.constant();
    assertThat(schedule.factor(0, 1)).isEqualTo(1);
    assertThat(schedule.factor(999, 1000)).isEqualTo(1);
  }

  @Test
  void cosineFallsFromOneTowardsNothing() {
    LearningRateSchedule schedule = LearningRateSchedule.cosine();
    assertThat(schedule.factor(0, 100)).isEqualTo(1);
    assertThat(schedule.factor(25, 100)).isCloseTo(0.5 + Math.sqrt(0.125), within(1e-15));
    assertThat(schedule.factor(50, 100)).isCloseTo(0.5, within(1e-15));
    assertThat(schedule.factor(99, 100)).isBetween(1e-6, 1e-3);
    for (int step = 1; step < 100; step++) {
      assertThat(schedule.factor(step, 100)).isLessThan(schedule.factor(step - 1, 100));
    }
  }

  /** 10 examples in batches of 4 are 3 steps, 3 epochs are 9. */
  @Test
  void isAskedOnceForEveryStepOfTheTraining() {
    List<String> asked = new ArrayList<>();
    trained(
        0.1,
        (step, steps) -> {
          asked.add(step + "/" + steps);
          return 1;
        });
    assertThat(asked)
        .containsExactly("0/9", "1/9", "2/9", "3/9", "4/9", "5/9", "6/9", "7/9", "8/9");
  }

  @Test
  void scalesTheOptimisersOwnRate() {
    float[][] half = trained(0.1, (step, steps) -> 0.5);
    assertThat(half).isDeepEqualTo(trained(0.05, LearningRateSchedule.constant()));
    assertThat(Arrays.deepEquals(half, trained(0.1, (step, steps) -> 1))).isFalse();
  }

  @Test
  void aFactorOfZeroMovesNothing() {
    float[][] untouched = trained(0.1, (step, steps) -> 0);
    assertThat(untouched).isDeepEqualTo(trained(0.2, (step, steps) -> 0));
  }

  @Test
  void everyStepHasItsOwnRate() {
    float[][] changing = trained(0.1, (step, steps) -> step < 4 ? 1 : 0);
    float[][] shorter = trained(0.1, (step, steps) -> step < 3 ? 1 : 0);
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
          .optimiser(Optimiser.sgd(rate, 0))
          .schedule(schedule)
          .epochs(3)
          .batchSize(4)
          .train(examples);
      return network.predict(SequenceBatch.ofIndices(List.of(new int[] {1, 2}, new int[] {3})));
    }
  }
}
