package org.recur4j.models.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.data.Target;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Line;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.Evaluation;
import org.recur4j.models.training.report.JsonLinesListener;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.schedule.Criterion;
import org.recur4j.models.training.schedule.Interval;

/** Metrics that are handed to a trainer. */
class TrainerMetricsTest {
  private static final List<Example> TAGGED =
      List.of(
          Example.tagged(new int[] {0, 1, 2}, 0, 1, -1),
          Example.tagged(new int[] {2, 1}, 2, 1),
          Example.tagged(new int[] {2}, 0));

  @TempDir private Path folder;
  private Backend backend;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  /** Of the answers whose right class is among the two likeliest, the share. */
  record TopTwo(String name) implements Metric {
    @Override
    public Tally begin() {
      return new Tally() {
        private int right;
        private int all;

        @Override
        public void add(EvaluationBatch batch) {
          for (int row = 0; row < batch.rows(); row++) {
            if (batch.counts(row)) {
              double wanted = batch.output(row, batch.expectedClass(row));
              int above = 0;
              for (int c = 0; c < batch.columns(); c++) {
                above += batch.output(row, c) > wanted ? 1 : 0;
              }
              right += above < 2 ? 1 : 0;
              all++;
            }
          }
        }

        @Override
        public double value() {
          return (double) right / all;
        }
      };
    }
  }

  private static final Metric[] METRICS = {
    Metric.accuracy(), Metric.macroF1(), new TopTwo("top two")
  };

  private Network tagger() {
    return Networks.manyToMany().embedding(3, 4).classes(3).seed(1).build(backend);
  }

  private static Trainer<Example> trainer(Network network) {
    return Trainer.of(network).epochs(3).batchSize(2).seed(4).validation(TAGGED);
  }

  @Test
  void areWhatFollowsFromThePredictions() {
    try (Network network = tagger()) {
      ConfusionMatrix matrix = new ConfusionMatrix(List.of("a", "b", "c"));
      int nearly = 0;
      for (Example example : TAGGED) {
        float[] all = network.predict(SequenceBatch.ofIndices(List.of(example.indices())))[0];
        for (int t = 0; t < example.steps(); t++) {
          int label = example.labels()[t];
          if (label >= 0) {
            int above = 0;
            int best = 0;
            for (int c = 0; c < 3; c++) {
              above += all[t * 3 + c] > all[t * 3 + label] ? 1 : 0;
              best = all[t * 3 + c] > all[t * 3 + best] ? c : best;
            }
            matrix.add(label, best);
            nearly += above < 2 ? 1 : 0;
          }
        }
      }
      Evaluation got = trainer(network).metrics(METRICS).evaluate(TAGGED);
      assertThat(got.metrics().keySet()).containsExactly("accuracy", "macro F1", "top two");
      assertThat(got.metrics().get("accuracy")).isEqualTo(matrix.accuracy());
      assertThat(got.metrics().get("accuracy")).isEqualTo(got.accuracy());
      assertThat(got.metrics().get("macro F1")).isEqualTo(matrix.macroF1());
      assertThat(got.metrics().get("top two")).isEqualTo(nearly / 5.0);
      assertThat(matrix.total()).isEqualTo(5);
      assertThat(Trainer.evaluate(network, TAGGED).metrics()).isEmpty();
    }
  }

  @Test
  void meanAbsoluteErrorIsThatOfTheValues() {
    try (Network network = Networks.manyToMany().features(1).values(2).seed(5).build(backend)) {
      float[][] x = {{1}, {2}};
      Example example = Example.valued(x, new float[] {1, 2}, null);
      float[] y = network.predict(SequenceBatch.ofFeatures(List.<float[][]>of(x)))[0];
      double wanted = (Math.abs(y[0] - 1) + Math.abs(y[1] - 2)) / 2;
      Trainer<Example> trainer = Trainer.of(network).metrics(Metric.meanAbsoluteError());
      Evaluation got = trainer.evaluate(List.of(example));
      assertThat(got.metrics().get("mean absolute error")).isCloseTo(wanted, within(1e-6));
      assertThatThrownBy(
              () -> Trainer.of(network).metrics(Metric.accuracy()).evaluate(List.of(example)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("targets of numbers; expected classes");
    }
    EvaluationBatch classes = new EvaluationBatch(new double[3], 3, Target.ofClasses(1));
    assertThatThrownBy(() -> Metric.meanAbsoluteError().begin().add(classes))
        .hasMessageContaining("targets of classes; expected numbers");
    EvaluationBatch quantiles =
        new EvaluationBatch(new double[3], 3, Target.ofValues(new float[1], new boolean[] {true}));
    assertThatThrownBy(() -> Metric.meanAbsoluteError().begin().add(quantiles))
        .hasMessageContaining("targets of 1 numbers; expected 3, as many as outputs");
    assertThatThrownBy(() -> new EvaluationBatch(new double[5], 3, Target.ofClasses(1)))
        .hasMessageContaining("5 numbers in columns of 3 for 1 rows");
    assertThat(Metric.macroF1().begin().value()).isNaN();
  }

  @Test
  void stayOutOfReportsAndLogsUnlessGivenAndCountInThemOtherwise() throws IOException {
    List<EpochReport> plain = logged("plain.jsonl");
    List<EpochReport> measured = logged("measured.jsonl", METRICS);
    assertThat(Files.readString(folder.resolve("plain.jsonl"))).doesNotContain("etrics");
    assertThat(Files.readString(folder.resolve("measured.jsonl")))
        .contains("\"validationAnswers\":5,\"validationMetrics\":{\"accuracy\":");
    assertThat(measured).hasSize(3);
    for (int i = 0; i < 3; i++) {
      Evaluation validation = measured.get(i).validation();
      assertThat(validation.loss()).isEqualTo(plain.get(i).validation().loss());
      assertThat(validation.metrics().get("accuracy")).isEqualTo(validation.accuracy());
    }
    assertThat(JsonLinesListener.readEpochs(folder.resolve("measured.jsonl"))).isEqualTo(measured);
  }

  private List<EpochReport> logged(String file, Metric... metrics) {
    try (Network network = tagger();
        JsonLinesListener log = JsonLinesListener.ofEpochs(folder.resolve(file))) {
      return trainer(network).metrics(metrics).listener(log).train(TAGGED).epochs();
    }
  }

  @Test
  void chooseTheBestEpochAndSurviveACheckpoint() {
    Criterion macroF1 = Criterion.highest("macro F1", e -> e.metrics().get("macro F1"));
    Path file = folder.resolve("training.safetensors");
    List<EpochReport> wanted;
    try (Network network = tagger()) {
      wanted = trainer(network).metrics(METRICS).keepBest(macroF1).train(TAGGED).epochs();
      double best =
          wanted.stream()
              .mapToDouble(e -> e.validation().metrics().get("macro F1"))
              .max()
              .orElse(-1);
      assertThat(trainer(network).metrics(METRICS).evaluate(TAGGED).metrics().get("macro F1"))
          .isEqualTo(best);
    }
    int[] asked = {0};
    TrainingListener stop =
        new TrainingListener() {
          @Override
          public boolean stopRequested() {
            return ++asked[0] > 5;
          }
        };
    try (Network network = tagger()) {
      kept(network, macroF1, file).listener(stop).train(TAGGED);
    }
    try (Network network = tagger()) {
      List<EpochReport> got = kept(network, macroF1, file).train(TAGGED).epochs();
      assertThat(asked[0]).isGreaterThan(5);
      assertThat(got.stream().map(EpochReport::validation))
          .isEqualTo(wanted.stream().map(EpochReport::validation).toList());
    }
  }

  private static Trainer<Example> kept(Network network, Criterion criterion, Path file) {
    return trainer(network)
        .metrics(METRICS)
        .keepBest(criterion)
        .checkpoint(file, Interval.batches(1));
  }

  @Test
  void aModelThatTellsNothingButItsLossHasNone() {
    try (Line line = new Line(backend)) {
      List<Line.Point> points = List.of(new Line.Point(1, 2));
      assertThatThrownBy(() -> Trainer.of(line).metrics(METRICS).evaluate(points))
          .hasMessageContaining("metrics for a model that returns only its loss");
    }
  }

  @Test
  void classesHaveATableOfTheirOwn() {
    ConfusionMatrix matrix = new ConfusionMatrix(List.of("cat", "dog"));
    matrix.add(0, 0);
    matrix.add(0, 0);
    matrix.add(0, 1);
    matrix.add(1, 1);
    assertThat(matrix.perClass().lines())
        .containsExactly(
            "    class  precision   recall       F1     cases",
            "      cat     1.0000   0.6667   0.8000         3",
            "      dog     0.5000   1.0000   0.6667         1",
            "     mean     0.7500   0.8333   0.7333         4");
  }
}
