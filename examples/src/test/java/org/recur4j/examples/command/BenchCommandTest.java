package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether it measures, not how fast anything is. */
class BenchCommandTest {
  private static Run bench(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("bench", "--backend", "ejml", "--steps", "5", "--seconds", "0"));
    arguments.addAll(List.of("--warm-up", "0"));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  @Test
  void printsALineForEachWorkloadAndNumberOfThreadsAndATable() {
    Run run = bench("--workload", "W7,W5,W6a", "--threads", "1,2");
    assertThat(run.code()).as(run.err()).isZero();
    for (String workload : new String[] {"W7", "W5", "W6a"}) {
      for (int threads = 1; threads <= 2; threads++) {
        assertThat(run.out())
            .containsPattern(
                "(?m)^peer=recur4j-ejml workload="
                    + workload
                    + " threads="
                    + threads
                    + " median_ms=[0-9.]+ p10_ms=[0-9.]+ p99_ms=[0-9.]+ n=5 floor_ms=[0-9.]+"
                    + " ratio=[0-9.]+ floor=(flops|bandwidth) heap_bytes=[0-9]+")
            .containsPattern("(?m)^" + workload + " +ejml +" + threads + " ");
      }
    }
    assertThat(run.out()).containsPattern("Peak [0-9.]+ GFLOP/s a core");
    assertThat(run.err())
        .containsPattern("(?m)^processor  .+ cores for Java")
        .containsPattern("(?m)^java       .+")
        .containsPattern("(?m)^load       .+")
        .containsPattern("(?m)^peak by    .+")
        .containsPattern("(?m)^backend    ejml/2: CPU, 2 threads");
  }

  @Test
  void printsOneJsonObjectALine() {
    Run run = bench("--workload", "W7,W3F", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    List<JsonObject> rows =
        run.out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    assertThat(rows)
        .extracting(row -> row.get("workload").getAsString())
        .containsExactly("W7", "W3F");
    for (JsonObject row : rows) {
      assertThat(row.get("peer").getAsString()).isEqualTo("recur4j-ejml");
      assertThat(row.get("n").getAsInt()).isEqualTo(5);
      double ratio = row.get("median_ms").getAsDouble() / row.get("floor_ms").getAsDouble();
      assertThat(row.get("ratio").getAsDouble()).isEqualTo(ratio).isGreaterThanOrEqualTo(1);
      JsonObject environment = row.getAsJsonObject("environment");
      assertThat(environment.get("peak").getAsDouble())
          .isGreaterThanOrEqualTo(environment.get("bestProduct").getAsDouble());
    }
  }

  @Test
  void recordsBehindALineWithoutALineFeed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("record.jsonl"), "{\"mine\":1}");
    assertThat(bench("--workload", "W6a", "--record", file.toString()).code()).isZero();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2).startsWith("{\"mine\":1}");
    assertThat(JsonParser.parseString(lines.get(1)).getAsJsonObject().get("workload").getAsString())
        .isEqualTo("W6a");
  }

  @Test
  void refusesWhatItCannotTime() {
    bench("--workload", "W8").refuses(ExitCode.BAD_INPUT, "'W8'", "W1, W2", "--workload");
    bench("--workload", "W7", "--precision", "int8")
        .refuses(ExitCode.BAD_INPUT, "W7, a training, in precision INT8", "W5, W6a");
    bench("--threads", "0").refuses(ExitCode.BAD_INPUT, "threads [0]", "at least one thread");
  }
}
