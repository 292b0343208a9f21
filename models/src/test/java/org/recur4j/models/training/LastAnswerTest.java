package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.model.TrainableNetwork;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.report.TrainingStart;

class LastAnswerTest {
  @Test
  void keepsTheLastAnswerThatCounts() {
    int[] steps = {4, 5, 6, 7};
    Example tagged = Example.tagged(steps, 1, 2, 3, -1).withLastAnswerOnly();
    assertThat(tagged.labels()).containsExactly(-1, -1, 3, -1);
    assertThat(tagged.indices()).isSameAs(steps);

    Example valued =
        Example.valued(steps, new float[] {1}, new float[] {2}, new float[] {3}, null)
            .masked(true, true, false, true)
            .withLastAnswerOnly();
    assertThat(valued.values()).isDeepEqualTo(new float[][] {null, {2}, null, null});
    assertThat(valued.mask()).containsExactly(true, true, false, true);
  }

  @Test
  void oneAnswerIsTheLast() {
    Example example = Example.classified(new int[] {1, 2}, 3);
    assertThat(example.withLastAnswerOnly()).isSameAs(example);
  }

  @Test
  void listenersHearWhatIsTrainedBeforeAnythingElse() {
    List<Example> examples = List.of(Example.classified(new int[] {1, 0}, 1));
    List<String> heard = new ArrayList<>();
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network =
            Networks.manyToOne()
                .embedding(2, 2)
                .recurrent(Networks.gru(2))
                .classes(2)
                .build(backend)) {
      Trainer.of(network)
          .epochs(1)
          .listener(
              new TrainingListener() {
                @Override
                public void onBegin(TrainingStart start) {
                  assertThat(start.trainable())
                      .isInstanceOfSatisfying(
                          TrainableNetwork.class,
                          trained -> assertThat(trained.network()).isSameAs(network));
                  assertThat(start.examples()).hasSize(1).first().isSameAs(examples.get(0));
                  heard.add("begin");
                }

                @Override
                public void onBatch(BatchReport report) {
                  heard.add("batch");
                }
              })
          .train(examples);
    }
    assertThat(heard).containsExactly("begin", "batch");
  }
}
