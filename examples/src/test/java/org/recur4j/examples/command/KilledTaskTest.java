package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.examples.Main;

/** The command line on the EJML backend, killed while it trains, as a power cut would. */
@Tag("thorough")
class KilledTaskTest {
  private static final int SIGKILL = 128 + 9;

  @TempDir private Path folder;

  @Test
  @Timeout(value = 300, unit = TimeUnit.SECONDS)
  void aKilledTrainingGoesOnAndEndsWithTheBitsOfAnUninterruptedOne() throws Exception {
    Path checkpoint = folder.resolve("checkpoint.safetensors");
    Path model = folder.resolve("model.safetensors");
    Path wanted = folder.resolve("wanted.safetensors");
    Process whole = start(wanted, List.of());
    List<String> going =
        List.of("--checkpoint", "checkpoint.safetensors", "--checkpoint-seconds", "0.2");
    for (int kill = 0; kill < 2; kill++) {
      Process killed = start(model, going);
      awaitNewCheckpoint(killed, checkpoint);
      killed.destroyForcibly();
      assertThat(killed.waitFor()).isIn(SIGKILL, 1);
      assertThat(model).doesNotExist();
    }
    Process last = start(model, going);
    assertThat(output(last)).contains("continues");
    assertThat(last.waitFor()).isZero();
    assertThat(whole.waitFor()).as(output(whole)).isZero();
    assertThat(Files.mismatch(model, wanted)).isEqualTo(-1);
    assertThat(folder).as("checkpoints are removed").isDirectoryNotContaining("glob:**checkpoint*");
  }

  /** Written after the process began, so that each kill undoes something of its own. */
  private static void awaitNewCheckpoint(Process process, Path checkpoint) throws Exception {
    long before = Files.exists(checkpoint) ? Files.getLastModifiedTime(checkpoint).toMillis() : 0;
    while (!Files.exists(checkpoint)
        || Files.getLastModifiedTime(checkpoint).toMillis() == before) {
      assertThat(process.isAlive()).as("still training").isTrue();
      Thread.sleep(5);
    }
  }

  private Process start(Path model, List<String> more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "train",
                "adding",
                "--quick",
                "--backend",
                "ejml",
                "--threads",
                "1",
                "--epochs",
                "30",
                "--out",
                model.toString()));
    command.addAll(more);
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(model.getFileName() + ".txt").toFile())
        .start();
  }

  private String output(Process process) throws Exception {
    process.waitFor();
    return Files.readString(folder.resolve("model.safetensors.txt"), StandardCharsets.UTF_8);
  }
}
