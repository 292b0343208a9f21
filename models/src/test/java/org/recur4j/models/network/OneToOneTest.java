package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.kernel.Activation;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.Evaluation;

/** Networks without time: one input, one answer. */
class OneToOneTest {
  private static final float[][] CORNERS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

  private static float[][] step(float... values) {
    return new float[][] {values};
  }

  @Test
  void learnsExclusiveOr() {
    List<Example> examples = new ArrayList<>();
    for (float[] corner : CORNERS) {
      examples.add(Example.classified(step(corner), corner[0] == corner[1] ? 0 : 1));
    }
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network =
            Networks.oneToOne()
                .features(2)
                .dense(8, Activation.TANH)
                .classes(2)
                .seed(2)
                .build(backend)) {
      Trainer.of(network).optimizer(Optimizer.adam(0.05)).epochs(120).batchSize(4).train(examples);
      Evaluation learned = Trainer.evaluate(network, examples);
      assertThat(learned.accuracy()).isEqualTo(1.0);
      assertThat(learned.loss()).isLessThan(0.1);
      float[][] answers =
          network.predict(SequenceBatch.ofFeatures(List.of(step(0, 1), step(1, 1), step(0, 0))));
      assertThat(answers).hasDimensions(3, 2);
      assertThat(answers[0][1]).isGreaterThan(0.9f);
      assertThat(answers[1][0]).isGreaterThan(0.9f);
    }
  }

  @Test
  void learnsValues() {
    List<Example> examples = new ArrayList<>();
    for (float[] corner : CORNERS) {
      examples.add(Example.valued(step(corner), new float[] {corner[0] - 2 * corner[1]}));
    }
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network = Networks.oneToOne().features(2).values(1).build(backend)) {
      Trainer.of(network).optimizer(Optimizer.adam(0.05)).epochs(200).batchSize(4).train(examples);
      assertThat(Trainer.evaluate(network, examples).loss()).isLessThan(1e-3);
    }
  }

  @Test
  void summaryShowsNoTime() {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network =
            Networks.oneToOne().features(2).dense(8, Activation.TANH).classes(3).build(backend)) {
      assertThat(network.summary()).contains("[B, 8]", "[B, 3]").doesNotContain("T,");
      assertThat(network.summary().lines().skip(1).limit(2)).allMatch(line -> line.contains("[B,"));
    }
  }

  @Test
  void summaryShowsTimeWhereThereIsTime() {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network one =
            Networks.manyToOne()
                .embedding(5, 3)
                .recurrent(Networks.gru(4))
                .classes(2)
                .build(backend);
        Network many =
            Networks.manyToMany()
                .embedding(5, 3)
                .bidirectional(Networks.gru(4))
                .classes(2)
                .build(backend)) {
      assertThat(one.summary()).contains("[T, B, 3]", "[B, 4]", "[B, 2]");
      assertThat(many.summary()).contains("[T, B, 3]", "[T, B, 8]", "[T, B, 2]");
      assertThat(many.summary().lines().filter(line -> line.contains("portable: "))).hasSize(1);
      assertThat(many.summary()).doesNotContain("portable: portable");
    }
  }

  @Test
  void refusesSequences() {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network = Networks.oneToOne().embedding(3, 2).classes(2).build(backend)) {
      assertThatThrownBy(() -> network.predict(SequenceBatch.ofIndices(List.of(new int[] {1, 2}))))
          .hasMessageContainingAll(
              "forward of a one-to-one network", "expected exactly one step each");
    }
  }
}
