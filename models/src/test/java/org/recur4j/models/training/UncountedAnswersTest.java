package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.recur4j.models.network.Networks.gru;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.loss.Loss;
import org.recur4j.models.training.report.Evaluation;

/** Where no answer counts, there is nothing to learn from, and no figure to tell. */
class UncountedAnswersTest {
  private static final Example COUNTED = Example.tagged(new int[] {1, 2}, 1, -1);

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
        .embedding(5, 2)
        .recurrent(gru(3))
        .classes(3)
        .seed(1)
        .build(backend);
  }

  private static Stream<Example> uncounted() {
    return Stream.of(
        Example.tagged(new int[] {1, 2}, -1, -1),
        Example.tagged(new int[] {1, 2}, 0, 1).masked(false, false),
        Example.tagged(new int[] {1, 2}, 0, -1).masked(false, true),
        Example.tagged(new int[0]));
  }

  @ParameterizedTest
  @MethodSource("uncounted")
  void aPartWithoutAnswersIsRefusedBeforeTraining(Example uncounted) {
    try (Network network = tagger()) {
      float[] before = BrokenRuns.weights(network);
      assertThatThrownBy(() -> Trainer.of(network).train(List.of(uncounted, uncounted)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("got no target that counts in 2 training examples");
      assertThatThrownBy(
              () ->
                  Trainer.of(network)
                      .earlyStopping(3)
                      .validation(List.of(uncounted))
                      .train(List.of(COUNTED)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("got no target that counts in 1 validation example;");
      assertThat(BrokenRuns.weights(network)).isEqualTo(before);
      assertThat(Trainer.of(network).epochs(2).batchSize(1).train(List.of(uncounted, COUNTED)))
          .as("beside an example that counts it does no harm")
          .satisfies(
              result -> assertThat(result.epochs()).allMatch(e -> Double.isFinite(e.loss())));
    }
  }

  @ParameterizedTest
  @MethodSource("uncounted")
  void anEvaluationOfNothingHasNoFigures(Example uncounted) {
    try (Network network = tagger()) {
      Evaluation nothing = Trainer.evaluate(network, List.of(uncounted));
      assertThat(nothing.answers()).isZero();
      assertThat(nothing.loss()).isNaN();
      assertThat(nothing.accuracy()).isNaN();
      assertThat(Trainer.evaluate(network, List.of(uncounted, COUNTED)))
          .isEqualTo(Trainer.evaluate(network, List.of(COUNTED)));
    }
  }

  @Test
  void classesThatWeighNothingDoNotCount() {
    Loss loss = new Loss.SoftmaxCrossEntropy(List.of(0.0, 0.0, 1.0), 0);
    Example weightless = Example.tagged(new int[] {1, 2}, 0, 1);
    Example weighty = Example.tagged(new int[] {1, 2}, 0, 2);
    try (Network network = tagger()) {
      assertThatThrownBy(() -> Trainer.of(network, loss).train(List.of(weightless)))
          .hasMessageContaining("no target that counts in 1 training example;")
          .hasMessageContaining("whose class has a weight above 0");
      assertThat(Trainer.of(network, loss).evaluate(List.of(weightless)).loss()).isNaN();
      assertThat(Trainer.of(network, loss).epochs(1).train(List.of(weighty)).epochs())
          .allMatch(epoch -> Double.isFinite(epoch.loss()));
    }
  }

  @Test
  void noValuesCountAsNoAnswerEither() {
    Example silent = Example.valued(new float[][] {{1}, {2}}, null, null);
    try (Network network =
        Networks.manyToMany().features(1).recurrent(gru(3)).values(1).seed(1).build(backend)) {
      assertThatThrownBy(() -> Trainer.of(network).train(List.of(silent)))
          .hasMessageContaining("no target that counts in 1 training example;");
      assertThat(Trainer.evaluate(network, List.of(silent)).loss()).isNaN();
    }
  }
}
