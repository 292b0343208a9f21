package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.schedule.Interval;

/** A checkpoint guards a training; one that cannot be written does not cost it. */
class CheckpointFailureTest {
  private static final List<Line.Point> POINTS =
      List.of(new Line.Point(0, -1), new Line.Point(1, -0.5f), new Line.Point(2, 0));

  @TempDir private Path folder;
  private BrokenRuns runs;
  private final List<String> warnings = new ArrayList<>();
  private final Handler collector =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          warnings.add(entry.getLevel() + " " + entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void open() {
    runs = BrokenRuns.in(folder);
    Logger.getLogger("org.recur4j").addHandler(collector);
    Logger.getLogger("org.recur4j").setUseParentHandlers(false);
  }

  @AfterEach
  void close() {
    Logger.getLogger("org.recur4j").removeHandler(collector);
    Logger.getLogger("org.recur4j").setUseParentHandlers(true);
    runs.close();
  }

  /** Takes the folder of the checkpoint away after so many batches. */
  private static TrainingListener without(Path gone, int batches) {
    int[] done = {0};
    return new TrainingListener() {
      @Override
      public void onBatch(BatchReport report) {
        done[0]++;
        if (done[0] == batches) {
          remove(gone);
        }
      }
    };
  }

  private static void remove(Path gone) {
    try (Stream<Path> files = Files.list(gone)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(gone);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Trainer<Line.Point> trainer(Line line, Path checkpoint, Interval interval) {
    return Trainer.of(line).epochs(4).batchSize(1).checkpoint(checkpoint, interval);
  }

  @Test
  void trainingGoesOnToTheSameWeightsWhereLaterOnesFail() throws IOException {
    float wanted;
    try (Line line = new Line(runs.backend())) {
      Trainer.of(line).epochs(4).batchSize(1).train(POINTS);
      wanted = line.slope();
    }
    Path gone = Files.createDirectory(folder.resolve("gone"));
    try (Line line = new Line(runs.backend())) {
      TrainingResult result =
          trainer(line, gone.resolve("c"), Interval.batches(2))
              .listener(without(gone, 5))
              .train(POINTS);
      assertThat(result.end()).isEqualTo(TrainingResult.End.COMPLETED);
      assertThat(line.slope()).isEqualTo(wanted);
    }
    assertThat(warnings)
        .hasSizeBetween(3, 5)
        .allMatch(text -> text.startsWith("WARNING no checkpoint written in epoch "))
        .allMatch(text -> text.contains("training continues: "));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLastOneIsNeverMissed(boolean stopped) throws IOException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    try (Line line = new Line(runs.backend())) {
      TrainingListener stop =
          new TrainingListener() {
            private int asked;

            @Override
            public boolean stopRequested() {
              asked++;
              return stopped && asked > 4;
            }
          };
      TrainingResult result =
          trainer(line, gone.resolve("c"), Interval.seconds(1000))
              .listener(without(gone, 1))
              .listener(stop)
              .train(POINTS);
      assertThat(result.end())
          .isEqualTo(stopped ? TrainingResult.End.INTERRUPTED : TrainingResult.End.COMPLETED);
    }
    assertThat(warnings).hasSize(1);
  }

  @Test
  void aFolderThatNeverWasIsNoticedSoon() {
    try (Line line = new Line(runs.backend())) {
      Path checkpoint = folder.resolve("nowhere").resolve("c");
      assertThatThrownBy(() -> trainer(line, checkpoint, Interval.batches(2)).train(POINTS))
          .isInstanceOf(RecurException.class)
          .hasMessageContaining(checkpoint.toString());
    }
    assertThat(warnings).isEmpty();
  }
}
