package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.schedule.Interval;

/** Trainings that choose among their epochs, and go on. */
class CheckpointSelectionTest {
  @TempDir private Path folder;
  private BrokenRuns runs;

  @BeforeEach
  void open() {
    runs = BrokenRuns.in(folder);
  }

  @AfterEach
  void close() {
    runs.close();
  }

  /** The line passes by what judges it after some epochs, and early stopping waits from there. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 9, 11})
  void earlyStoppingRemembersTheBestEpochAndHowLongItWaited(int batches) throws IOException {
    List<Line.Point> points = new ArrayList<>();
    for (int x = 0; x < 6; x++) {
      points.add(new Line.Point(x, 0.5f * x - 1));
    }
    float slope;
    TrainingResult wanted;
    try (Line line = new Line(runs.backend())) {
      wanted = stoppedEarly(line).train(points);
      slope = line.slope();
    }
    assertThat(wanted.end()).isEqualTo(TrainingResult.End.STOPPED_EARLY);
    assertThat(wanted.epochs()).hasSizeBetween(6, 8);
    Files.delete(runs.checkpoint());
    try (Line line = new Line(runs.backend())) {
      assertThatThrownBy(() -> stoppedEarly(line).listener(Break.after(batches)).train(points))
          .hasMessage("broken on purpose");
    }
    try (Line line = new Line(runs.backend())) {
      TrainingResult result = stoppedEarly(line).train(points);
      assertThat(line.slope()).isEqualTo(slope);
      assertThat(result.end()).isEqualTo(wanted.end());
      assertThat(bests(result)).isEqualTo(bests(wanted));
    }
  }

  private static List<Boolean> bests(TrainingResult result) {
    return result.epochs().stream().map(EpochReport::best).toList();
  }

  private Trainer<Line.Point> stoppedEarly(Line line) {
    return Trainer.of(line)
        .optimizer(Optimizer.sgd(0.003, 0))
        .epochs(40)
        .batchSize(3)
        .validation(List.of(new Line.Point(4, 0.2f)))
        .earlyStopping(4)
        .checkpoint(runs.checkpoint(), Interval.batches(1));
  }
}
