package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.examples.pronounce.PronounceTask;

/** The report on the smallest task: what it writes, keeps and refuses. */
class ReportTasksCommandTest {
  private static final int NETWORKS = 7;

  @TempDir private Path folder;

  @Test
  void writesFiguresBaselinesAndCommandsAndTrainsNothingTwice() throws IOException {
    Run first = report();
    assertThat(first.succeeds().out()).contains("1/7  digits, lstm forward, seed 1", "7/7");
    String page = Files.readString(page());
    assertThat(page)
        .contains(
            "./recur4j report tasks --quick",
            "## digits",
            "| lstm forward | images right |",
            "% nearest image",
            "./recur4j train digits --cell none --direction forward --seed 1 --quick"
                + " --backend ejml")
        .contains("* syllables: left out of this run")
        .doesNotContain("not finished yet");
    assertThat(Files.readAllLines(rows())).hasSize(NETWORKS);

    Run second = report();
    assertThat(second.succeeds().out().lines().filter(line -> line.endsWith("(kept)")))
        .hasSize(NETWORKS);
    assertThat(page()).hasContent(page);
    assertThat(Files.readAllLines(rows())).hasSize(NETWORKS);
  }

  @Test
  void goesOnBehindARowThatWasCutOff() throws IOException {
    report().succeeds();
    String page = Files.readString(page());
    String whole = Files.readString(rows());
    Files.writeString(rows(), whole.substring(0, whole.length() - 20));
    assertThat(report().succeeds().out().lines().filter(line -> line.endsWith("(kept)")))
        .hasSize(NETWORKS - 1);
    assertThat(Files.readAllLines(rows())).hasSize(NETWORKS);
    assertThat(figures(Files.readString(page()))).isEqualTo(figures(page));
  }

  /** An editor may leave the file so; a row may stand for an hour of training. */
  @Test
  void keepsARowWithoutALineFeedAtItsEnd() throws IOException {
    report().succeeds();
    List<String> lines = Files.readAllLines(rows());
    Files.writeString(rows(), String.join("\n", lines.subList(0, NETWORKS - 1)));
    assertThat(report().succeeds().out().lines().filter(line -> line.endsWith("(kept)")))
        .hasSize(NETWORKS - 1);
    assertThat(Files.readAllLines(rows()))
        .hasSize(NETWORKS)
        .startsWith(lines.subList(0, NETWORKS - 1).toArray(String[]::new));
  }

  @Test
  void refusesRowsThatAreNone() throws IOException {
    for (String line : List.of("{}", "not JSON", "{\"key\": 3}", "")) {
      Files.writeString(rows(), line + "\n");
      report().refuses(ExitCode.BAD_INPUT, rows().toString(), "line 1", "--rows");
      assertThat(rows()).hasContent(line + "\n");
    }
  }

  @Test
  void saysWhatIsMissingWhenInterrupted() {
    Interruption interruption = new Interruption();
    interruption.request();
    Run run = Run.of(interruption, arguments());
    assertThat(run.code()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(page()).content().contains("Not on this page", "not finished yet");
  }

  @Test
  void keepsTheRowsOfOtherTasksOnThePage() throws IOException {
    report().succeeds();
    Run other =
        Run.of(
            "report",
            "tasks",
            "--quick",
            "--only",
            "blank",
            "--backend",
            "ejml",
            "--out",
            page().toString());
    assertThat(other.succeeds().out()).doesNotContain("digits");
    assertThat(Files.readString(page()))
        .contains("## digits", "| images right |", "## blank", "| blanks right |")
        .doesNotContain("* digits", "* blank");
  }

  @Test
  void showsALongTrainingThatWasDoneAndMissesItOnlyWhenAsked() throws IOException {
    PlannedTraining plan = PlannedTraining.longer(new PronounceTask(), Map.of(), "ejml").get(0);
    Interruption interruption = new Interruption();
    interruption.request();
    String[] some = {
      "report", "tasks", "--only", "pronounce", "--backend", "ejml", "--out", page().toString()
    };
    assertThat(Run.of(interruption, some).code()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(page()).content().doesNotContain(plan.network());
    String[] all = Arrays.copyOf(some, some.length + 1);
    all[some.length] = "--long";
    assertThat(Run.of(interruption, all).code()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(page()).content().contains("* " + plan.title() + ": not finished yet");
    ReportRows.open(rows())
        .add(
            new ReportRow(
                plan.key(), "pronounce", plan.network(), 1, 15, 1, 2, plan.command(), List.of()));
    assertThat(Run.of(interruption, some).code()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(page()).content().contains(plan.command()).doesNotContain(plan.title());
  }

  @Test
  void averagesSeeds() throws IOException {
    report("--seeds", "2").succeeds();
    assertThat(Files.readString(page())).contains("2 seeds)", "--seed 2 --quick");
    assertThat(Files.readAllLines(rows())).hasSize(2 * NETWORKS);
  }

  @Test
  void refusesWhatThereIsNot() {
    report("--only", "telepathy").refuses(ExitCode.BAD_INPUT, "the task telepathy", "digits");
    report("--option", "digits.size=3").refuses(ExitCode.BAD_INPUT, "--option digits.size");
    report("--long").refuses(ExitCode.BAD_INPUT, "--long and --quick", "one of the two");
    report("--seeds", "0").refuses(ExitCode.BAD_INPUT, "0 seeds", "at least 1");
    Run.of("report", "tasks", "--quick", "--out", folder.resolve("no/page.md").toString())
        .refuses(ExitCode.BAD_INPUT, "--out", "an existing folder");
    Run.of("report").refuses(ExitCode.BAD_INPUT, "'report' needs one of [tasks");
  }

  /** The page without its last column: seconds differ. */
  private static List<String> figures(String page) {
    return page.lines().map(line -> line.replaceFirst("\\| \\d+ s \\|$", "")).toList();
  }

  private Path page() {
    return folder.resolve("page.md");
  }

  private Path rows() {
    return folder.resolve("page.jsonl");
  }

  private Run report(String... more) {
    List<String> all = new ArrayList<>(List.of(arguments()));
    all.addAll(List.of(more));
    return Run.of(all.toArray(String[]::new));
  }

  private String[] arguments() {
    return new String[] {
      "report",
      "tasks",
      "--quick",
      "--only",
      "digits",
      "--backend",
      "ejml",
      "--threads",
      "2",
      "--out",
      page().toString()
    };
  }
}
