package org.recur4j.examples.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.recur4j.api.backend.Availability.Available;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.backend.Candidate;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.examples.bench.Bench;
import org.recur4j.examples.bench.BenchReport;
import org.recur4j.examples.bench.Result;
import org.recur4j.examples.bench.Workload;
import org.recur4j.models.file.AppendedFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times the workloads that the library's speed is judged by. */
@Command(
    name = "bench",
    description =
        "Time the workloads of docs/performance.md, each beside the least time that this processor"
            + " could take.")
final class BenchCommand implements Callable<Integer> {
  private final Interruption interruption;

  @Spec private CommandSpec spec;

  @Option(
      names = "--workload",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "W1,W2,W3,W4,W4L,W7,W5,W6a,W6b,W3F,W4F",
      description = "Which ones, separated by commas. Default: ${DEFAULT-VALUE}.")
  private List<String> workloads;

  @Option(
      names = "--backend",
      split = ",",
      paramLabel = "NAME",
      description =
          "Which backends, separated by commas; timed in turns. Default: all that are available.")
  private List<String> backends;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      defaultValue = "1",
      description = "Numbers of threads, separated by commas; timed in turns. Default: 1.")
  private List<Integer> threads;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "FULL",
      description =
          "Precision of the weights in inference: ${COMPLETION-CANDIDATES}. The largest difference"
              + " of an output is told. Default: ${DEFAULT-VALUE}.")
  private Precision precision;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "20",
      description = "Steps to time at least. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description = "Seconds to time at least, warming up apart. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      defaultValue = "3",
      description =
          "Seconds of steps before, and more until they are steady. Default: ${DEFAULT-VALUE}.")
  private double warmUp;

  @Option(names = "--json", description = "Print one JSON object a line instead of text.")
  private boolean json;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "Also append the JSON lines to this file, for 'recur4j report performance'; e.g."
              + " docs/performance.jsonl.")
  private Path record;

  BenchCommand(Interruption interruption) {
    this.interruption = interruption;
  }

  @Override
  public Integer call() {
    Outputs outputs = new Outputs(spec).growing("--record", record);
    outputs.check();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Bench bench =
        new Bench(
            Workload.named(workloads),
            backends == null ? available() : backends,
            threads,
            precision,
            steps,
            seconds,
            warmUp);
    BenchReport report =
        bench.run(
            line -> {
              err.println(line);
              err.flush();
            });
    interruption.hold(() -> outputs.write("--record", record, () -> append(rows(report))));
    if (json) {
      rows(report).forEach(out::println);
    } else {
      report.results().forEach(result -> out.println(result.line()));
      out.println();
      table(report).print(out);
      out.printf(
          Locale.ROOT,
          "%nPeak %.1f GFLOP/s a core; best product %.1f GFLOP/s a thread.%n",
          report.environment().peak(),
          report.environment().bestProduct());
    }
    return outputs.exitCode();
  }

  private List<String> rows(BenchReport report) {
    Gson gson = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
    String flags = System.getenv("RECUR4J_JAVA_OPTS");
    String command =
        (flags == null ? "" : "RECUR4J_JAVA_OPTS='" + flags + "' ")
            + "./recur4j "
            + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
    return report.rows().stream()
        .map(
            row -> {
              row.put("command", command);
              return gson.toJson(row);
            })
        .toList();
  }

  private void append(List<String> rows) {
    try (AppendedFile file = AppendedFile.open(record, lastLine -> true)) {
      rows.forEach(file::append);
    }
  }

  private static List<String> available() {
    return Backends.report().candidates().stream()
        .filter(c -> c.availability() instanceof Available available && available.score() > 0)
        .map(Candidate::name)
        .toList();
  }

  private static Table table(BenchReport report) {
    Table table =
        new Table("WORKLOAD", "BACKEND", "THREADS", "MEDIAN MS", "P99 MS", "FLOOR MS", "RATIO");
    for (Result result : report.results()) {
      boolean floored = !result.bound().isEmpty();
      table.add(
          result.workload().name(),
          result.backend(),
          Integer.toString(result.threads()),
          Result.figure(result.median()),
          Result.figure(result.p99()),
          floored ? Result.figure(result.floor()) + " " + result.bound() : "",
          floored ? String.format(Locale.ROOT, "%.2f", result.ratio()) : "");
    }
    return table;
  }
}
