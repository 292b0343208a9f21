package org.recur4j.models.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.training.Line;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.loss.BatchLoss;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.Evaluation;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.schedule.Criterion;

/** The trainer with a model that is no network. */
class TrainableTest {
  private final List<Object> leaks = new ArrayList<>();
  private Backend backend;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults().withOnLeak(leaks::addAll));
  }

  @AfterEach
  void close() {
    backend.close();
    assertThat(leaks).as("open scopes").isEmpty();
  }

  private static List<Line.Point> points(int count) {
    List<Line.Point> points = new ArrayList<>();
    for (int x = 0; x < count; x++) {
      points.add(new Line.Point(x, 0.5f * x - 1));
    }
    return points;
  }

  @Test
  void trainsWhateverHasWeightsAndALoss() {
    try (Line line = new Line(backend)) {
      TrainingResult result =
          Trainer.of(line)
              .optimizer(Optimizer.adam(0.1))
              .epochs(150)
              .batchSize(5)
              .validation(points(6))
              .train(points(10));
      assertThat(line.slope()).isCloseTo(0.5f, within(0.02f));
      assertThat(line.height()).isCloseTo(-1f, within(0.05f));
      Evaluation evaluation = Trainer.of(line).evaluationBatchSize(5).evaluate(points(6));
      assertThat(evaluation).isEqualTo(result.epochs().get(149).validation());
      assertThat(evaluation.accuracy()).isNaN();
      assertThat(evaluation.answers()).isEqualTo(6);
      assertThat(line.openRuns).isZero();
    }
  }

  @Test
  void evaluatesAsManyAtOnceAsItTrainsOnUnlessTold() {
    try (Line line = new Line(backend)) {
      Trainer.of(line).epochs(1).batchSize(3).validation(points(7)).train(points(10));
      assertThat(line.evaluated).containsExactly(3, 3, 1);
      line.evaluated.clear();
      Trainer.of(line)
          .epochs(1)
          .batchSize(3)
          .evaluationBatchSize(5)
          .validation(points(7))
          .train(points(10));
      assertThat(line.evaluated).containsExactly(5, 2);
      line.evaluated.clear();
      Trainer.of(line).evaluate(points(70));
      assertThat(line.evaluated).containsExactly(32, 32, 6);
      assertThatThrownBy(() -> Trainer.of(line).evaluationBatchSize(-1).train(points(3)))
          .hasMessageContaining("got evaluation batch size -1; expected at least 1");
      assertThatThrownBy(() -> Trainer.of(line).evaluationBatchSize(-1).evaluate(points(3)))
          .hasMessageContaining("got evaluation batch size -1; expected at least 1");
    }
  }

  @Test
  void batchesBeyondAnIntegerAreRefusedWithAdvice() {
    try (Line line = new Line(backend)) {
      Trainer<Line.Point> trainer = Trainer.of(line).batchSize(1 << 20).accumulate(1 << 20);
      assertThatThrownBy(() -> trainer.train(points(3)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("got 1048576 batches of 1048576 examples per step")
          .hasMessageContaining("Lower batchSize or accumulate");
      assertThatThrownBy(trainer::begin).isInstanceOf(InvalidArgumentException.class);
      TrainingResult whole =
          Trainer.of(line).batchSize(Integer.MAX_VALUE).bucketing(9).epochs(1).train(points(3));
      assertThat(whole.epochs()).hasSize(1);
    }
  }

  @Test
  void bucketsHoldExamplesOfSimilarLength() {
    try (Line line = new Line(backend)) {
      Trainer.of(line).epochs(1).batchSize(4).bucketing(100).train(points(24));
      assertThat(line.batches).hasSize(6);
      for (List<Line.Point> batch : line.batches) {
        assertThat(batch.get(3).x()).isEqualTo(batch.get(0).x() + 3);
      }
      assertThat(line.batches.stream().map(batch -> batch.get(0).x()))
          .isNotEqualTo(List.of(0, 4, 8, 12, 16, 20));
      assertThatThrownBy(() -> Trainer.of(line).bucketing(0).train(points(24)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("a window of 0");
    }
  }

  /** 10 points in steps of 4: two batches of 2, and at the end one. */
  @Test
  void accumulatedBatchesAreOneLargerBatchInSmallerPieces() {
    List<TrainingResult> results = new ArrayList<>();
    float[] slopes = new float[2];
    for (int run = 0; run < 2; run++) {
      try (Line line = new Line(backend)) {
        results.add(
            Trainer.of(line)
                .optimizer(Optimizer.sgd(0.005, 0.9))
                .epochs(4)
                .batchSize(run == 0 ? 4 : 2)
                .accumulate(run == 0 ? 1 : 2)
                .maximumNorm(3)
                .train(points(10)));
        slopes[run] = line.slope();
        assertThat(line.batches).hasSize(run == 0 ? 4 * 3 : 4 * 5);
        assertThat(line.batches).allMatch(batch -> batch.size() <= 4);
      }
    }
    assertThat(slopes[1]).isCloseTo(slopes[0], within(1e-6f)).isNotZero();
    for (int epoch = 0; epoch < 4; epoch++) {
      assertThat(results.get(1).epochs().get(epoch).loss())
          .isCloseTo(results.get(0).epochs().get(epoch).loss(), within(1e-4));
    }
  }

  @Test
  void aSmallerLastPieceWeighsLess() {
    float[] slopes = new float[2];
    for (int run = 0; run < 2; run++) {
      try (Line line = new Line(backend)) {
        Trainer.of(line)
            .optimizer(Optimizer.sgd(0.01, 0))
            .epochs(1)
            .batchSize(run == 0 ? 5 : 3)
            .accumulate(run == 0 ? 1 : 2)
            .train(points(5));
        slopes[run] = line.slope();
        assertThat(line.batches).hasSize(run + 1);
      }
    }
    assertThat(slopes[1]).isCloseTo(slopes[0], within(1e-6f)).isNotZero();
  }

  @Test
  void putsTheBestEpochsWeightsBackWithoutStoppingEarly() {
    try (Line line = new Line(backend)) {
      List<Float> slopes = new ArrayList<>();
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void onEpoch(EpochReport report) {
              slopes.add(line.slope());
            }
          };
      TrainingResult result =
          Trainer.of(line)
              .optimizer(Optimizer.sgd(0.001, 0.99))
              .epochs(20)
              .validation(List.of(new Line.Point(6, 1), new Line.Point(4, 0.7f)))
              .keepBest()
              .listener(listener)
              .train(points(10));
      assertThat(result.end()).isEqualTo(TrainingResult.End.COMPLETED);
      int best = best(result, Criterion.loss());
      assertThat(best).isLessThan(19);
      assertThat(line.slope()).isEqualTo(slopes.get(best)).isNotEqualTo(slopes.get(19));
      assertThat(result.epochs().get(best).best()).isTrue();
      assertThat(result.epochs().get(19).best()).isFalse();
    }
  }

  @Test
  void anyNumberCanSayWhichEpochIsBest() {
    try (Line line = new Line(backend)) {
      Criterion steepest = Criterion.highest("slope", evaluation -> line.slope());
      List<Float> slopes = new ArrayList<>();
      Criterion remembered =
          Criterion.highest(
              "slope",
              evaluation -> {
                slopes.add(line.slope());
                return steepest.value().applyAsDouble(evaluation);
              });
      Trainer.of(line)
          .optimizer(Optimizer.sgd(0.001, 0.99))
          .epochs(20)
          .validation(points(6))
          .keepBest(remembered)
          .train(points(10));
      float highest = slopes.stream().max(Float::compare).orElseThrow();
      assertThat(slopes).hasSize(20);
      assertThat(line.slope()).isEqualTo(highest).isNotEqualTo(slopes.get(19));
    }
  }

  private static int best(TrainingResult result, Criterion criterion) {
    int best = 0;
    for (int epoch = 1; epoch < result.epochs().size(); epoch++) {
      double now = criterion.value().applyAsDouble(result.epochs().get(epoch).validation());
      double before = criterion.value().applyAsDouble(result.epochs().get(best).validation());
      best = criterion.isBetter(now, before) ? epoch : best;
    }
    return best;
  }

  @Test
  void theBestEpochWantsExamplesToJudgeBy() {
    try (Line line = new Line(backend)) {
      assertThatThrownBy(() -> Trainer.of(line).keepBest().train(points(3)))
          .hasMessageContaining("3 training examples, 0 validation examples")
          .hasMessageContaining("with early stopping, the best weights or a");
    }
  }

  @Test
  void aLossThatDoesNotFitTogetherIsRefused() {
    try (Scope scope = backend.scope("losses")) {
      Tensor two = scope.create(DataType.FLOAT32, Shape.of(2));
      Tensor one = scope.create(DataType.FLOAT32, Shape.of(1));
      Tensor output = scope.create(DataType.FLOAT32, Shape.of(3, 2));
      assertThatThrownBy(() -> BatchLoss.of(two, 1))
          .hasMessageContaining("expected one element over at least 0 answers");
      assertThatThrownBy(() -> new BatchLoss(one, 3, output, new int[2]))
          .hasMessageContaining("with 2 labels; expected [N, C] with N labels");
      assertThatThrownBy(() -> new BatchLoss(one, 3, output, null))
          .hasMessageContaining("an output alone");
    }
  }
}
