package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.BackendException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.RecurException;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.TaskResult;
import org.recur4j.examples.task.TaskTraining;
import org.recur4j.models.file.AtomicFile;
import org.recur4j.models.training.CheckpointFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains every network of every task and writes the figures to a page. */
@Command(
    name = "tasks",
    description = {
      "Train every network of every task and write the figures to a page.",
      "Finished rows are kept in a file, and beside it a checkpoint of the row that is being"
          + " trained: stopped with Ctrl-C, or killed, and started again, it goes on in its middle."
    })
final class ReportTasksCommand implements Callable<Integer> {
  private final Interruption interruption;

  @Spec private CommandSpec spec;
  @Mixin private BackendOption backend;
  @Mixin private CheckpointInterval interval;

  @Option(names = "--only", paramLabel = "TASK", description = "This task; may be repeated.")
  private List<String> only = new ArrayList<>();

  @Option(names = "--without", paramLabel = "TASK", description = "Not this; may be repeated.")
  private List<String> without = new ArrayList<>();

  @Option(names = "--quick", description = "Small networks and a few examples: a minute or two.")
  private boolean quick;

  @Option(names = "--seeds", description = "Seeds each; without it, what the task asks for.")
  private Integer seeds;

  @Option(
      names = "--option",
      paramLabel = "TASK.NAME=VALUE",
      description = "A task's own option, see 'recur4j train TASK --help'; may be repeated.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--long",
      description =
          "Also what tasks offer beyond their defaults: better networks, an hour or more.")
  private boolean longer;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The page; docs/results.md without it, results-quick.md with --quick.")
  private Path page;

  @Option(
      names = "--rows",
      paramLabel = "FILE",
      description = "Finished rows as JSON lines; beside the page without it.")
  private Path rowFile;

  ReportTasksCommand(Interruption interruption) {
    this.interruption = interruption;
  }

  @Override
  public Integer call() {
    List<Task> tasks = chosen();
    OwnOptions.check(options);
    Path out = page == null ? Path.of(quick ? "results-quick.md" : "docs/results.md") : page;
    Outputs outputs = new Outputs(spec).file("--out", out);
    if (rowFile == null && AtomicFile.isStream(out)) {
      throw new InvalidArgumentException(
          "report tasks", "--out " + out + " without --rows", "a file for the rows", "Add --rows");
    }
    Path kept =
        rowFile == null
            ? out.resolveSibling(out.getFileName().toString().replaceFirst("\\.md$", "") + ".jsonl")
            : rowFile;
    outputs.regularFile("--rows", kept).check();
    ReportRows rows = ReportRows.open(kept);
    try (Backend opened = backend.open()) {
      List<PlannedTraining> plans = plans(tasks, opened, longer);
      ResultsPage results = new ResultsPage(quick, opened.info());
      boolean complete = true;
      for (int i = 0; i < plans.size() && !interruption.requested(); i++) {
        complete &= run(plans.get(i), (i + 1) + "/" + plans.size(), opened, rows, results);
      }
      // A run of some tasks does not take the kept rows of the others off the page.
      for (PlannedTraining plan : plans(TaskCatalog.all(), opened, !quick)) {
        boolean wanted = tasks.stream().anyMatch(task -> task.name().equals(plan.task().name()));
        Optional<ReportRow> row = rows.find(plan.key());
        if (row.isPresent()) {
          results.add(plan.task(), row.get());
        } else if (plan.isUsual() || longer) {
          results.missing(wanted ? plan.title() : plan.task().name(), wanted);
        }
      }
      interruption.hold(() -> results.write(out));
      spec.commandLine().getOut().println("written to " + out + "; rows are in " + kept);
      if (interruption.requested()) {
        spec.commandLine().getErr().println("interrupted; give the same command again to go on");
        return ExitCode.INTERRUPTED;
      }
      return complete ? ExitCode.OK : ExitCode.BAD_INPUT;
    }
  }

  private List<Task> chosen() {
    List<String> names = TaskCatalog.all().stream().map(Task::name).toList();
    for (List<String> given : List.of(only, without)) {
      for (String name : given) {
        if (!names.contains(name)) {
          throw new InvalidArgumentException(
              "report tasks", "the task " + name, String.join(", ", names), "Choose one of these");
        }
      }
    }
    if (longer && quick) {
      throw new InvalidArgumentException(
          "report tasks", "--long and --quick", "one of the two", "Leave one out");
    }
    if (seeds != null && seeds < 1) {
      throw new InvalidArgumentException(
          "report tasks", seeds + " seeds", "at least 1", "Correct the option");
    }
    return TaskCatalog.all().stream()
        .filter(task -> only.isEmpty() || only.contains(task.name()))
        .filter(task -> !without.contains(task.name()))
        .toList();
  }

  private List<PlannedTraining> plans(List<Task> tasks, Backend opened, boolean withLong) {
    String name = opened.info().name();
    List<PlannedTraining> plans = new ArrayList<>();
    for (Task task : tasks) {
      plans.addAll(PlannedTraining.usual(task, quick, seeds, options, name));
      if (withLong) {
        plans.addAll(PlannedTraining.longer(task, options, name));
      }
    }
    return plans;
  }

  /** Trains unless there is a row; returns false if that cannot be done. */
  private boolean run(
      PlannedTraining plan, String place, Backend opened, ReportRows rows, ResultsPage results) {
    PrintWriter out = spec.commandLine().getOut();
    Optional<ReportRow> found = rows.find(plan.key());
    if (found.isPresent()) {
      out.println(place + "  " + plan.title() + ": " + scores(found.get()) + " (kept)");
      return true;
    }
    CheckpointFile checkpoint = rows.checkpoint(plan.title(), plan.key());
    if (Files.exists(checkpoint.file())) {
      out.println(place + "  " + plan.title() + ": goes on from " + checkpoint.file());
    }
    try (Progress bar = Progress.of(false);
        Protocol protocol = new Protocol(null, bar, interruption::requested);
        Recording recording = new Recording(protocol, null, checkpoint, interval.interval());
        TaskTraining training = plan.task().train(opened, plan.settings(), recording)) {
      bar.pause();
      TaskResult result = training.measure();
      if (!result.interrupted()) {
        ReportRow row =
            new ReportRow(
                plan.key(),
                plan.task().name(),
                plan.network(),
                plan.settings().seed(),
                result.epochs(),
                opened.info().threads(),
                result.seconds(),
                plan.command(),
                result.scores());
        interruption.hold(
            () -> {
              rows.add(row);
              checkpoint.remove();
            });
        out.println(place + "  " + plan.title() + ": " + scores(row));
      }
      return true;
    } catch (BackendException e) {
      throw e;
    } catch (RecurException e) {
      // Unusable data, or a training that left the numbers: the other rows are worth having.
      spec.commandLine().getErr().println("recur4j: " + plan.title() + ": " + e.getMessage());
      results.reason(plan.title(), e.getMessage());
      return false;
    }
  }

  private static String scores(ReportRow row) {
    return row.scores().stream()
            .map((Score score) -> FigureText.of(score.value(), score.unit()) + " " + score.metric())
            .collect(Collectors.joining("; "))
        + String.format(Locale.ROOT, "; %.1f s", row.seconds());
  }
}
