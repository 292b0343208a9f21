package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded figures become tables. */
class ReportPerformanceCommandTest {
  @TempDir private Path folder;
  private Path rows;
  private Path page;

  @BeforeEach
  void write() throws IOException {
    rows = folder.resolve("rows.jsonl");
    page = folder.resolve("page.md");
    Files.writeString(
        page, "before\n" + PerformancePage.BEGIN + "\nold\n" + PerformancePage.END + "\nafter\n");
  }

  private static String row(String workload, int threads, double median, String engine) {
    return "{\"peer\":\"recur4j-ejml\",\"workload\":\""
        + workload
        + "\",\"threads\":"
        + threads
        + ",\"median_ms\":"
        + median
        + ",\"floor_ms\":"
        + 5.0 / threads
        + ",\"precision\":\"full\",\"floor\":\"flops\",\"command\":\"./recur4j bench --workload "
        + workload
        + "\",\"environment\":{\"time\":\"2026-11-23T16:00:00Z\",\"processor\":\"a processor\","
        + "\"backends\":{\"ejml/"
        + threads
        + "\":\"CPU; "
        + engine
        + "\"},\"cores\":2,\"java\":\"OpenJDK 64-Bit Server VM 17.0.15+6\",\"load\":0.5,\"peak\":117.6,"
        + "\"probe\":\"512-bit registers through jdk.incubator.vector\"}}";
  }

  private Run report() {
    return Run.of("report", "performance", "--from", rows.toString(), "--into", page.toString());
  }

  @Test
  void theLastFigureOfAKindStandsInTheTable() throws IOException {
    String vectors = "jdk.incubator.vector";
    Files.write(
        rows,
        List.of(
            row("W3", 1, 30, vectors),
            row("W1", 1, 99, vectors),
            row("W1", 1, 10, vectors),
            row("W1", 2, 6.25, vectors),
            row("W1", 1, 20, "plain Java")));
    report().succeeds();
    assertThat(Files.readString(page))
        .startsWith("before\n" + PerformancePage.BEGIN + "\n\n### JDK 17\n")
        .endsWith(PerformancePage.END + "\nafter\n")
        .doesNotContain("old", "99")
        .contains(
            "| | floor, one core | ejml, 1 thread | ejml, 2 threads | ejml without vectors, 1 thread"
                + " |\n")
        .contains(
            "| W1 | 5.000 flops | 10.00 (2.00×) | 6.250 (2.50×), 1.60 times as fast | 20.00 (4.00×)"
                + " |\n")
        .contains("| W3 | 5.000 flops | 30.00 (6.00×) | | |\n")
        .contains("* a processor, 2 cores; OpenJDK 64-Bit Server VM 17.0.15+6; 2026-11-23\n")
        .contains("* peak 117.6 to 117.6 GFLOP/s a core; load 0.5 to 0.5 when a run began\n")
        .contains("```\n./recur4j bench --workload W3\n./recur4j bench --workload W1\n```\n");
    assertThat(Files.readString(page).indexOf("| W1"))
        .isLessThan(Files.readString(page).indexOf("| W3"));
  }

  @Test
  void whatBenchRecordsIsWhatThePageReads() throws IOException {
    Run bench =
        Run.of(
            "bench",
            "--backend",
            "ejml",
            "--workload",
            "W7",
            "--steps",
            "5",
            "--seconds",
            "0",
            "--warm-up",
            "0",
            "--record",
            rows.toString());
    assertThat(bench.code()).as(bench.err()).isZero();
    report().succeeds();
    assertThat(Files.readString(page))
        .containsPattern("\\| W7 \\| [0-9.]+ flops \\| [0-9.]+ \\([0-9.]+×\\) \\|")
        .contains("./recur4j bench --backend ejml --workload W7");
  }

  @Test
  void refusesLinesThatAreNoFiguresAndPagesWithoutMarkers() throws IOException {
    Files.writeString(rows, row("W1", 1, 10, "plain Java") + "\n{}\n");
    report().refuses(ExitCode.BAD_INPUT, "line 2", "bench --record");
    Files.writeString(rows, row("W1", 1, 10, "plain Java"));
    Files.writeString(page, "nothing\n");
    report().refuses(ExitCode.BAD_INPUT, "without the lines", PerformancePage.BEGIN);
  }
}
