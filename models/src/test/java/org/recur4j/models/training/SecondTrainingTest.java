package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.file.FileKind;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.file.SpecialFiles;
import org.recur4j.models.network.Network;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.schedule.Interval;

/** What a checkpoint's path may be, and that one training at a time has it. */
class SecondTrainingTest {
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

  private void train(Path checkpoint, TrainingListener listener) {
    try (Network network = ResumableTraining.network(runs.backend())) {
      ResumableTraining.trainer(network)
          .checkpoint(checkpoint, Interval.batches(1))
          .listener(listener)
          .train(ResumableTraining.examples());
    }
  }

  @Test
  void aSecondTrainingOfOneCheckpointIsRefusedAndTheFirstGoesOn() throws IOException {
    Path checkpoint = runs.checkpoint();
    Path link = Files.createSymbolicLink(folder.resolve("link"), checkpoint.getFileName());
    byte[] wanted = runs.uninterrupted(options -> options);
    int[] batches = new int[1];
    byte[] got =
        runs.finish(
            options -> options,
            new TrainingListener() {
              @Override
              public void onBatch(BatchReport report) {
                if (++batches[0] == 5) {
                  for (Path same : new Path[] {checkpoint, link}) {
                    assertThatThrownBy(() -> train(same, Break.never()))
                        .isInstanceOf(RecurException.class)
                        .hasMessage(
                            "checkpoint "
                                + same
                                + ": got a file that other training in this process is using;"
                                + " expected a separate checkpoint for each training run. Wait until"
                                + " that training has ended, or choose another checkpoint.");
                  }
                }
              }
            });
    assertThat(got).isEqualTo(wanted);
    assertThat(folder).isDirectoryNotContaining("glob:**.lock");
    train(checkpoint, Break.never());
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void soIsOneInAnotherProcessUntilTheFirstIsKilled() throws Exception {
    Path checkpoint = folder.resolve("shared.safetensors");
    Process first = KilledTrainingTest.start(checkpoint, folder.resolve("model"));
    try {
      first.inputReader(StandardCharsets.UTF_8).readLine();
      assertThatThrownBy(() -> train(checkpoint, Break.never()))
          .isInstanceOf(RecurException.class)
          .hasMessageContaining(
              "a file that other training in process " + first.pid() + " is using");
    } finally {
      first.destroyForcibly();
      first.waitFor();
    }
    train(checkpoint, Break.never());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("shared.safetensors", "shared.safetensors.previous");
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void whatIsNoFileIsRefusedBeforeTrainingBegins() throws IOException {
    Path pipe = SpecialFiles.pipe(folder.resolve("pipe"));
    assertThatThrownBy(() -> train(pipe, Break.after(1)))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("got a pipe, expected a regular file");
    assertThat(FileKind.of(pipe)).isEqualTo(FileKind.PIPE);
    assertThatThrownBy(() -> train(folder, Break.after(1))).hasMessageContaining("got a folder");
    assertThatThrownBy(() -> train(folder.resolve("no/where"), Break.after(1)))
        .hasMessageContaining("got no folder");
  }

  @Test
  void linksStayThroughWritingAndRemoving() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("other/checkpoint"));
    train(link, Break.never());
    assertThat(link).isSymbolicLink();
    assertThat(other.resolve("checkpoint")).isRegularFile();
    CheckpointFile file = new CheckpointFile(link);
    assertThat(file.previous()).isRegularFile();
    file.remove();
    assertThat(link).isSymbolicLink();
    assertThat(other).isEmptyDirectory();
    assertThat(file.previous()).doesNotExist();
  }
}
