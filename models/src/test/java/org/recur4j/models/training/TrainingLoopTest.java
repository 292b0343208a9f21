package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.TrainingListener;

/** A training whose batches the caller brings. */
class TrainingLoopTest {
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

  private static Trainer<Line.Point> trainer(Line line) {
    return Trainer.of(line).optimizer(Optimizer.adam(0.1)).epochs(3).batchSize(4).maximumNorm(2);
  }

  @Test
  void theSameBatchesGiveTheSameBits() {
    List<BatchReport> reports = new ArrayList<>();
    try (Line trained = new Line(backend);
        Line looped = new Line(backend)) {
      trainer(trained)
          .listener(
              new TrainingListener() {
                @Override
                public void onBatch(BatchReport report) {
                  reports.add(report);
                }
              })
          .train(points(10));
      try (TrainingLoop<Line.Point> loop = trainer(looped).begin()) {
        for (int i = 0; i < trained.batches.size(); i++) {
          BatchReport report = loop.step(trained.batches.get(i));
          assertThat(report.loss()).isEqualTo(reports.get(i).loss());
          assertThat(report.gradientNorm()).isEqualTo(reports.get(i).gradientNorm());
          assertThat(report.batch()).isEqualTo(i + 1);
          assertThat(report.applied()).isTrue();
        }
      }
      assertThat(looped.slope()).isEqualTo(trained.slope());
      assertThat(looped.height()).isEqualTo(trained.height());
      assertThat(looped.openRuns).isZero();
    }
  }

  @Test
  void aLargerBatchIsLearnedFromInParts() {
    try (Line line = new Line(backend);
        TrainingLoop<Line.Point> loop = trainer(line).begin()) {
      loop.step(points(10));
      assertThat(line.batches).extracting(List::size).containsExactly(4, 4, 2);
    }
  }

  @Test
  void theCallerSetsThePace() {
    try (Line still = new Line(backend);
        Line moved = new Line(backend);
        TrainingLoop<Line.Point> first = trainer(still).begin();
        TrainingLoop<Line.Point> second = trainer(moved).begin()) {
      float before = still.slope();
      first.step(points(4), 0);
      second.step(points(4), 1);
      assertThat(still.slope()).isEqualTo(before);
      assertThat(moved.slope()).isNotEqualTo(before);
    }
  }
}
