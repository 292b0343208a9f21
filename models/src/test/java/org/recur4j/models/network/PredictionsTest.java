package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.gru;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.LabelSet;
import org.recur4j.models.data.MaskedOutput;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.training.Trainer;

/** Answers to lists of examples, by row and step. */
class PredictionsTest {
  private static final LabelSet LABELS = LabelSet.of("noun", "verb", "other");

  private static final List<Example> SENTENCES =
      List.of(
          Example.unlabeled(1, 2, 3),
          Example.unlabeled(new int[0]),
          Example.unlabeled(4, 99, 0, 2).masked(true, false, true, true),
          Example.unlabeled(2),
          Example.unlabeled(3, 3));

  private Backend backend;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private Network tagger() {
    return Networks.manyToMany()
        .embedding(5, 3)
        .bidirectional(gru(3))
        .classes(3)
        .seed(5)
        .build(backend);
  }

  private Network classifier() {
    return Networks.manyToOne().embedding(5, 3).recurrent(gru(3)).classes(3).seed(5).build(backend);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 1_000_000_000, Integer.MAX_VALUE})
  void everyStepOfEveryRowIsWhereItsExampleWasWhateverTheBatches(int batchSize) {
    try (Network network = tagger()) {
      Predictions got = network.predict(SENTENCES, batchSize);
      assertThat(got.size()).isEqualTo(SENTENCES.size());
      assertThat(got.outputs()).isEqualTo(3);
      for (int row = 0; row < got.size(); row++) {
        Example example = SENTENCES.get(row);
        float[] alone =
            network.predict(SequenceBatch.ofExamples(List.of(example), MaskedOutput.ZERO))[0];
        assertThat(got.steps(row)).isEqualTo(example.steps());
        for (int step = 0; step < got.steps(row); step++) {
          float[] want = Arrays.copyOfRange(alone, 3 * step, 3 * step + 3);
          assertThat(got.values(row, step)).containsExactly(want, within(1e-6f));
          assertThat(got.isReal(row, step)).isEqualTo(example.isReal(step));
          if (example.isReal(step)) {
            int best = got.argMax(row, step);
            assertThat(want[best]).isEqualTo(Math.max(want[0], Math.max(want[1], want[2])));
            assertThat(got.label(row, step, LABELS)).isEqualTo(LABELS.names().get(best));
          }
        }
      }
    }
  }

  @Test
  void aStepThatTheMaskLeavesOutHasNoAnswer() {
    try (Network network = tagger()) {
      Predictions got = network.predict(SENTENCES);
      assertThat(got.values(2, 1)).containsExactly(0, 0, 0);
      assertThat(got.argMax(2, 1)).isEqualTo(-1);
      assertThatThrownBy(() -> got.label(2, 1, LABELS))
          .hasMessageContainingAll("step 1 of row 2", "mask", "isReal");
    }
  }

  @Test
  void aRowOfAClassifierHasOneAnswer() {
    try (Network network = classifier()) {
      Predictions got = network.predict(SENTENCES, 2);
      float[][] want = network.predict(SequenceBatch.ofExamples(SENTENCES, MaskedOutput.ZERO));
      for (int row = 0; row < got.size(); row++) {
        assertThat(got.steps(row)).isEqualTo(1);
        assertThat(got.isReal(row, 0)).isTrue();
        assertThat(got.values(row)).containsExactly(want[row], within(1e-6f));
        assertThat(got.values(row)).isEqualTo(got.values(row, 0));
        int best = got.argMax(row);
        assertThat(got.values(row)[best]).isGreaterThanOrEqualTo(1f / 3);
        assertThat(got.label(row, LABELS)).isEqualTo(LABELS.names().get(best));
      }
      got.values(0)[0] = 7;
      assertThat(got.values(0)[0]).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void answersThatWereHandedInAreNotRead() {
    try (Network network = classifier()) {
      assertThat(network.predict(List.of(Example.classified(new int[] {1, 2}, 2))).values(0))
          .isEqualTo(network.predict(List.of(Example.unlabeled(1, 2))).values(0));
    }
  }

  @Test
  void refusesWhatHasNoAnswer() {
    try (Network network = tagger();
        Network one = classifier();
        Network values =
            Networks.manyToOne().features(2).recurrent(gru(2)).values(1).build(backend)) {
      assertThatThrownBy(() -> network.predict(List.of()))
          .hasMessageContainingAll("predict", "0 examples", "at least one");
      assertThatThrownBy(() -> network.predict(SENTENCES, 0)).hasMessageContaining("batches of 0");
      assertThatThrownBy(() -> network.predict(Arrays.asList(SENTENCES.get(0), null)))
          .hasMessageContaining("null as the example 1");
      assertThatThrownBy(
              () -> network.predict(List.of(SENTENCES.get(0), Example.unlabeled(new float[] {1}))))
          .hasMessageContainingAll("vectors in example 1", "indices");
      assertThatThrownBy(() -> network.predict(List.of(Example.unlabeled(5))))
          .hasMessageContaining("index 5");
      Predictions tags = network.predict(SENTENCES);
      assertThatThrownBy(() -> tags.values(0)).hasMessageContaining("row 0 without a step");
      assertThatThrownBy(() -> tags.argMax(0)).hasMessageContaining("argMax(row, step");
      assertThatThrownBy(() -> tags.values(0, 3)).hasMessageContainingAll("step 3", "0 to 2");
      assertThatThrownBy(() -> tags.values(1, 0)).hasMessageContaining("no step");
      assertThatThrownBy(() -> tags.steps(5)).hasMessageContainingAll("row 5", "0 to 4");
      assertThatThrownBy(() -> tags.label(0, 0, LabelSet.of("a", "b")))
          .hasMessageContainingAll("2 labels", "3, one for each class");
      Predictions numbers = values.predict(List.of(Example.unlabeled(new float[] {1, 2})));
      assertThatThrownBy(() -> numbers.argMax(0)).hasMessageContaining("VALUES");
      assertThatThrownBy(() -> Trainer.evaluate(one, SENTENCES.subList(0, 1)))
          .hasMessageContaining("got 0 targets in example 0");
    }
  }
}
