package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports that are stopped in the middle of a row. */
class ResumedReportTest {
  private static final int INTO_THE_FIRST_ROW = 20;

  @TempDir private Path folder;

  @Test
  void goesOnInTheMiddleOfTheRow() throws IOException {
    report("whole.md", new Interruption()).succeeds();
    Run stopped = report("page.md", new CtrlC(INTO_THE_FIRST_ROW));
    assertThat(stopped.code()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(stopped.err()).contains("interrupted; give the same command again to go on");
    Path checkpoint = onlyCheckpoint();
    assertThat(checkpoint.getFileName().toString())
        .matches("page\\.digits-lstm-forward-seed-1\\.[0-9a-f]{8}\\.checkpoint");
    assertThat(folder.resolve("page.jsonl")).doesNotExist();

    Run resumed = report("page.md", new Interruption()).succeeds();
    assertThat(resumed.out())
        .contains("1/7  digits, lstm forward, seed 1: goes on from " + checkpoint)
        .containsOnlyOnce("goes on from");
    assertThat(rows("page.jsonl")).hasSize(7).isEqualTo(rows("whole.jsonl"));
    assertThat(checkpoints()).isEmpty();
  }

  @Test
  void aCheckpointThatIsNoneCostsItsRowAndNoOther() throws IOException {
    report("page.md", new CtrlC(INTO_THE_FIRST_ROW));
    Path checkpoint = onlyCheckpoint();
    Files.writeString(checkpoint, "no checkpoint");
    Run run = report("page.md", new Interruption());
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err())
        .contains("digits, lstm forward, seed 1: Cannot resume training", checkpoint.toString());
    assertThat(Files.readString(folder.resolve("page.md"))).contains("Cannot resume training");
    assertThat(rows("page.jsonl")).hasSize(6);
    assertThat(checkpoint).hasContent("no checkpoint");
  }

  private Path onlyCheckpoint() throws IOException {
    assertThat(checkpoints()).hasSize(1);
    return checkpoints().get(0);
  }

  private List<Path> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().contains("checkpoint")).toList();
    }
  }

  /** All but how long it took. */
  private List<String> rows(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name)).stream()
        .map(line -> line.replaceFirst("\"seconds\":[^,]+,", ""))
        .toList();
  }

  private Run report(String page, Interruption interruption) {
    return Run.of(
        interruption,
        "report",
        "tasks",
        "--quick",
        "--only",
        "digits",
        "--backend",
        "ejml",
        "--threads",
        "1",
        "--out",
        folder.resolve(page).toString());
  }
}
