package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.examples.comparison.ComparisonCsv;
import org.recur4j.examples.comparison.ComparisonDocument;
import org.recur4j.examples.comparison.ComparisonPage;
import org.recur4j.examples.comparison.ComparisonReport;
import org.recur4j.examples.comparison.ComparisonRun;
import org.recur4j.examples.comparison.Effort;
import org.recur4j.examples.comparison.Subject;
import org.recur4j.examples.comparison.Sweep;
import org.recur4j.models.comparison.BackendComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the same model, seed and data on every backend and says which is better at what. */
@Command(
    name = "compare",
    description = {
      "Compare the backends: the same model, seed and data on each, in turns.",
      "Times, memory, losses, how far each is from double precision, and what to choose."
    })
final class CompareCommand implements Callable<Integer> {
  private final Interruption interruption;

  @Spec private CommandSpec spec;
  @Mixin private SubjectOption subject;
  @Mixin private JsonOption json;

  @Option(
      names = "--backends",
      split = ",",
      paramLabel = "NAME",
      description = "Which ones, separated by commas. Default: all that are there.")
  private List<String> backends = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Worker threads; 0, the default, means one per processor.")
  private int threads;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "600",
      description =
          "Training steps after which training is stopped; 0 trains to the end. Default:"
              + " ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--turn",
      paramLabel = "N",
      defaultValue = "20",
      description = "Training steps of a backend's turn. Default: ${DEFAULT-VALUE}.")
  private int turn;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "12",
      description = "Rounds of answering. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "0.3",
      description = "Seconds of answering in a round. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "3",
      description = "Java machines started for each backend. Default: ${DEFAULT-VALUE}.")
  private int starts;

  @Option(
      names = "--sweep",
      arity = "1..*",
      paramLabel = "SIZE=N,N",
      description = "Also train a little at other sizes: hidden, batch, layers; two at most.")
  private List<String> sweep = new ArrayList<>();

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Write one page that needs nothing else.")
  private Path report;

  @Option(
      names = "--pictures",
      paramLabel = "FOLDER",
      description = "Write each chart of that page as an SVG drawing into this folder.")
  private Path pictures;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the figures as a table.")
  private Path csv;

  CompareCommand(Interruption interruption) {
    this.interruption = interruption;
  }

  @Override
  public Integer call() {
    Outputs outputs =
        new Outputs(spec)
            .input("the model", subject.file())
            .file("--report", report)
            .file("--csv", csv)
            .folder("--pictures", pictures, FlowOptions::isFigure);
    outputs.check();
    List<Sweep.Axis> axes = SweepOption.axes(sweep);
    Subject chosen = subject.subject(steps);
    // Sizes that the subject does not have are refused now, not after minutes.
    axes.forEach(axis -> axis.values().forEach(value -> chosen.with(axis.size(), value)));
    Effort effort =
        new Effort(steps, turn, rounds, seconds, starts, threads, interruption::requested);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (BackendComparison opened =
        BackendComparison.open(
            backends,
            BackendOptions.defaults().withThreads(threads),
            BackendComparison.CONFIDENCE)) {
      ComparisonReport done =
          new ComparisonRun(
                  opened,
                  chosen,
                  effort,
                  line -> {
                    err.println(line);
                    err.flush();
                  })
              .run(spec.commandLine().getParent().getParseResult().originalArgs(), axes);
      interruption.hold(
          () -> {
            outputs.write("--csv", csv, () -> ComparisonCsv.write(done, csv));
            outputs.write("--report", report, () -> ComparisonPage.of(done).write(report));
            outputs.write(
                "--pictures", pictures, () -> ComparisonPage.of(done).writePictures(pictures));
          });
      if (json.chosen()) {
        json.print(out, ComparisonDocument.of(done));
      } else {
        ComparisonText.print(done, out);
        if (report != null && outputs.isWritten("--report")) {
          out.println("written to " + report);
        }
      }
      return interruption.requested() ? ExitCode.INTERRUPTED : outputs.exitCode();
    }
  }
}
