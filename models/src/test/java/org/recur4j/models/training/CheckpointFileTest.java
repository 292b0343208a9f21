package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.network.Network;

/** Damage, and what happens to the files. */
class CheckpointFileTest {
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

  @Test
  void damageIsRefusedAndTheCheckpointBeforeIsKept() throws IOException {
    runs.breakAfter(16, options -> options);
    byte[] whole = Files.readAllBytes(runs.checkpoint());
    Path previous = folder.resolve("training.safetensors.previous");
    assertThat(previous).exists();
    List<byte[]> damaged = new ArrayList<>();
    for (int length : new int[] {0, 7, 100, whole.length / 2, whole.length - 1}) {
      damaged.add(Arrays.copyOf(whole, length));
    }
    for (int place : new int[] {0, 3, 9, 700, whole.length / 2, whole.length - 1}) {
      byte[] flipped = whole.clone();
      flipped[place] ^= 16;
      damaged.add(flipped);
    }
    for (byte[] bytes : damaged) {
      Files.write(runs.checkpoint(), bytes);
      try (Network network = ResumableTraining.network(runs.backend())) {
        float[] weights = BrokenRuns.weights(network);
        assertThatThrownBy(
                () ->
                    runs.resume(ResumableTraining.trainer(network))
                        .train(ResumableTraining.examples()))
            .isInstanceOf(RecurException.class)
            .hasMessageStartingWith("Cannot resume training: ")
            .hasMessageContaining(runs.checkpoint().toString())
            .hasMessageContaining("The previous checkpoint is " + previous)
            .hasMessageContaining("rename it to training.safetensors to resume from there");
        assertThat(BrokenRuns.weights(network)).isEqualTo(weights);
      }
    }
    Files.delete(runs.checkpoint());
    Files.move(previous, runs.checkpoint());
    Break listener = Break.never();
    assertThat(runs.finish(options -> options, listener))
        .isEqualTo(runs.uninterrupted(options -> options));
    assertThat(listener.resumed()).isEqualTo("2 2");
  }

  @Test
  void removesBothCheckpointsAndNothingElse() throws IOException {
    byte[] model = runs.finish(options -> options, Break.never());
    CheckpointFile file = new CheckpointFile(runs.checkpoint());
    assertThat(file.file()).exists();
    assertThat(file.previous()).exists();
    file.remove();
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("training"));
    assertThat(folder.resolve("model.safetensors")).hasBinaryContent(model);
    file.remove();
    Break listener = Break.never();
    assertThat(runs.finish(options -> options, listener)).isEqualTo(model);
    assertThat(listener.resumed()).as("it begins anew").isEmpty();
  }

  @Test
  void saysWhatToDoAboutAFileThatCannotBeRemoved() throws IOException {
    Files.createDirectories(runs.checkpoint().resolve("in the way"));
    assertThatThrownBy(() -> new CheckpointFile(runs.checkpoint()).remove())
        .isInstanceOf(RecurException.class)
        .hasMessageContaining("removing the checkpoint " + runs.checkpoint())
        .hasMessageContaining("Remove it manually");
  }
}
