package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.gru;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.loss.Loss;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.Evaluation;
import org.recur4j.models.training.schedule.LearningRateSchedule;

/** Losses as a user meets them: chosen for a trainer and an evaluation. */
class LossTrainingTest {
  private Backend backend;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  /** Label 0: the step's number is above 0; label 1: the last one's was. Lengths 1 to 5. */
  private static List<Example> signs(int count) {
    Philox random = new Philox(2);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[][] x = new float[1 + i % 5][1];
      float[][] labels = new float[x.length][2];
      for (int t = 0; t < x.length; t++) {
        x[t][0] = random.bounded(201, RandomStream.CUSTOM.at(0), i, t) / 100f - 1;
        labels[t][0] = x[t][0] > 0 ? 1 : 0;
        labels[t][1] = t > 0 && x[t - 1][0] > 0 ? 1 : 0;
      }
      examples.add(Example.labeled(x, labels));
    }
    return examples;
  }

  private Network labeling() {
    return Networks.manyToMany().features(1).recurrent(gru(8)).labels(2).seed(1).build(backend);
  }

  @Test
  void learnsLabelsThatDoNotExcludeEachOtherAndKeepsThemInAFile(@TempDir Path folder) {
    Path file = folder.resolve("signs.safetensors");
    SequenceBatch batch =
        SequenceBatch.ofFeatures(
            List.of(new float[][] {{0.9f}, {0.9f}, {-0.9f}}, new float[][] {{-0.9f}}));
    float[][] answers;
    try (Network network = labeling()) {
      double before = Trainer.evaluate(network, signs(60)).loss();
      assertThat(before).as("two labels at about ln 2 each").isCloseTo(1.4, within(0.3));
      Trainer.of(network).optimizer(Optimizer.adam(0.05)).epochs(40).batchSize(20).train(signs(60));
      Evaluation after = Trainer.evaluate(network, signs(60));
      assertThat(after.loss()).isLessThan(before / 4);
      assertThat(after.accuracy()).isNaN();
      assertThat(after.answers()).isEqualTo(60 * 3);
      answers = network.predict(batch);
      assertThat(answers[0]).hasSize(6);
      assertThat(answers[0][2]).as("both labels of step 1").isGreaterThan(0.8f);
      assertThat(answers[0][3]).as("both labels of step 1").isGreaterThan(0.8f);
      assertThat(answers[0][4]).as("only the last one was above 0").isLessThan(0.2f);
      assertThat(answers[0][5]).as("only the last one was above 0").isGreaterThan(0.8f);
      assertThat(answers[1]).hasSize(2);
      network.save(file);
    }
    try (Network read = Network.load(file, backend)) {
      assertThat(read.architecture().answer()).isEqualTo(OutputKind.LABELS);
      assertThat(read.predict(batch)).isDeepEqualTo(answers);
      assertThat(read.summary()).contains("answers with labels");
    }
  }

  @Test
  void stepsWithoutAnAnswerDoNotCount() {
    float[][] x = {{1}, {2}, {3}};
    float[] yes = {1, 0};
    Example sparse = Example.labeled(x, yes, null, yes);
    Example dense = Example.labeled(x, yes, new float[] {1, 1}, yes);
    try (Network network = labeling()) {
      Evaluation some = Trainer.evaluate(network, List.of(sparse));
      Evaluation all = Trainer.evaluate(network, List.of(dense));
      Evaluation middle =
          Trainer.evaluate(network, List.of(Example.labeled(x, null, new float[] {1, 1}, null)));
      assertThat(some.answers()).isEqualTo(2);
      assertThat(all.loss() * 3).isCloseTo(some.loss() * 2 + middle.loss(), within(1e-5));
    }
  }

  /** Draws from 0 … 1, a tenth of them moved to 100. */
  private static List<Example> outliers() {
    Philox random = new Philox(3);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      float y = random.bounded(1000, RandomStream.CUSTOM.at(0), i, 0) / 1000f;
      examples.add(Example.valued(new float[][] {{0}}, new float[] {i % 10 == 0 ? 100 : y}));
    }
    return examples;
  }

  private static double[] sorted() {
    return outliers().stream().mapToDouble(example -> example.values()[0][0]).sorted().toArray();
  }

  static List<Loss> losses() {
    return List.of(
        Loss.squaredError(),
        Loss.absoluteError(),
        Loss.huber(0.01),
        Loss.quantile(0.305),
        Loss.quantile(0.305, 0.605));
  }

  /** The constant that minimizes a loss: the mean, the median, nearly the median, quantiles. */
  private static double[] center(Loss loss) {
    double[] sorted = sorted();
    if (loss instanceof Loss.SquaredError) {
      return new double[] {Arrays.stream(sorted).average().orElseThrow()};
    }
    if (loss instanceof Loss.Quantile quantile) {
      return quantile.levels().stream().mapToDouble(level -> sorted[(int) (100 * level)]).toArray();
    }
    return new double[] {(sorted[49] + sorted[50]) / 2};
  }

  @ParameterizedTest
  @MethodSource("losses")
  void everyLossHasItsOwnCenter(Loss loss) {
    double[] center = center(loss);
    try (Network network = Networks.oneToOne().features(1).values(center.length).build(backend)) {
      Trainer.of(network, loss)
          .optimizer(Optimizer.adam(0.1))
          .schedule(LearningRateSchedule.cosine())
          .epochs(400)
          .batchSize(100)
          .train(outliers());
      float[][] answer =
          network.predict(SequenceBatch.ofFeatures(List.<float[][]>of(new float[][] {{0}})));
      assertThat(answer[0]).hasSize(center.length);
      for (int i = 0; i < center.length; i++) {
        assertThat((double) answer[0][i])
            .isCloseTo(center[i], within(0.03 * Math.max(1, center[i])));
      }
    }
  }

  /** Nine examples of class 0 for one of class 1, all alike. */
  @Test
  void classWeightsBalanceRareClasses() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      examples.add(Example.classified(new int[] {0}, i % 10 == 0 ? 1 : 0));
    }
    assertThat(rare(Loss.softmaxCrossEntropy(), examples)).isCloseTo(0.1f, within(0.02f));
    Loss balanced = new Loss.SoftmaxCrossEntropy(List.of(1.0, 9.0), 0);
    assertThat(rare(balanced, examples)).isCloseTo(0.5f, within(0.02f));
  }

  @Test
  void smoothingKeepsProbabilitiesFromCertainty() {
    List<Example> examples = List.of(Example.classified(new int[] {0}, 1));
    Loss smoothed = new Loss.SoftmaxCrossEntropy(List.of(), 0.2);
    assertThat(rare(smoothed, examples)).isCloseTo(0.9f, within(0.01f));
  }

  private float rare(Loss loss, List<Example> examples) {
    try (Network network = Networks.oneToOne().embedding(1, 2).classes(2).build(backend)) {
      Trainer.of(network, loss)
          .optimizer(Optimizer.adam(0.05))
          .epochs(200)
          .batchSize(20)
          .train(examples);
      return network.predict(SequenceBatch.ofIndices(List.of(new int[] {0})))[0][1];
    }
  }

  @Test
  void anEvaluationWithClassWeightsDoesNotDependOnItsBatches() {
    List<Example> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add(Example.classified(new int[] {i % 3}, i < 256 ? 0 : 1));
    }
    Loss loss = new Loss.SoftmaxCrossEntropy(List.of(1.0, 50.0), 0);
    try (Network network = Networks.oneToOne().embedding(3, 2).classes(2).build(backend)) {
      double sum = 0;
      double weights = 0;
      for (Example example : many) {
        double weight = example.labels()[0] == 0 ? 1 : 50;
        sum += weight * Trainer.evaluate(network, List.of(example)).loss();
        weights += weight;
      }
      assertThat(Trainer.of(network, loss).evaluate(many).loss())
          .isCloseTo(sum / weights, within(1e-5));
    }
  }

  @Test
  void refusesALossOfAnotherKindOfAnswer() {
    try (Network network = labeling()) {
      assertThatThrownBy(() -> Trainer.of(network, Loss.squaredError()))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("SquaredError")
          .hasMessageContaining("a network with output LABELS")
          .hasMessageContaining("such as BinaryCrossEntropy");
      assertThatThrownBy(
              () ->
                  Trainer.of(network)
                      .train(List.of(Example.labeled(new float[][] {{1}}, new float[] {0, 2}))))
          .hasMessageContaining(
              "the label 2.0 at step 0 of example 0; expected 0 for no or 1 for yes");
      assertThatThrownBy(
              () ->
                  Trainer.of(network)
                      .train(List.of(Example.labeled(new float[][] {{1}}, new float[] {0}))))
          .hasMessageContaining("1 numbers at step 0 of example 0; expected 2");
      assertThatThrownBy(
              () -> Trainer.of(network).train(List.of(Example.classified(new float[][] {{1}}, 0))))
          .hasMessageContaining("got a class in example 0; expected labels as 0 and 1");
    }
  }
}
