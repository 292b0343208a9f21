package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.chart.FlowChart;
import org.recur4j.examples.comparison.RunManifest;
import org.recur4j.examples.flow.FlowResult;
import org.recur4j.examples.flow.FlowRow;
import org.recur4j.examples.flow.FlowSettings;
import org.recur4j.examples.flow.FlowSubject;
import org.recur4j.examples.flow.FlowTrial;
import org.recur4j.examples.flow.FlowVariant;
import org.recur4j.examples.page.Page;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.models.diagnosis.Diagnosis;
import org.recur4j.models.diagnosis.Remedy;
import org.recur4j.models.network.Network;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains networks, watches their gradients vanish or explode, and tries remedies. */
@Command(
    name = "gradient-flow",
    description = {
      "Watch how gradients flow back through time while networks train.",
      "Each network is looked at now and then: by how much the gradient of the last answer changes"
          + " on its way back, what one step and the recurrent weights do to it, which gates are"
          + " stuck. Remedies are tried with one option each."
    })
final class GradientFlowCommand implements Callable<Integer> {
  private final Interruption interruption;

  @Spec private CommandSpec spec;
  @Mixin private BackendOption backend;
  @Mixin private JsonOption json;
  @Mixin private FlowOptions options;

  @Option(
      names = "--png",
      paramLabel = "FILE.png",
      description = "Draw curves and maps, as PNG and, beside it, as SVG.")
  private Path png;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Write a page with tables, curves and maps that needs no network.")
  private Path report;

  @Option(
      names = "--pictures",
      paramLabel = "FOLDER",
      description = "Write each chart of that page as an SVG drawing into this folder.")
  private Path pictures;

  @Parameters(
      paramLabel = "TASK|MODEL-FILE",
      arity = "0..1",
      defaultValue = "adding",
      description =
          "What is learned, see 'recur4j tasks', or a trained model to look at once;"
              + " ${DEFAULT-VALUE} without it.")
  private String target;

  GradientFlowCommand(Interruption interruption) {
    this.interruption = interruption;
  }

  @Override
  public Integer call() {
    Outputs outputs = outputs();
    try (Backend opened = backend.open();
        SpectralHelp help = SpectralHelp.beside(opened)) {
      FlowTarget chosen = FlowTarget.of(target, opened);
      List<FlowResult> results = results(opened, help, chosen);
      if (results.isEmpty()) {
        return ExitCode.INTERRUPTED;
      }
      PrintWriter out = spec.commandLine().getOut();
      interruption.hold(
          () -> {
            outputs.write("--png", png, () -> draw(chosen, results));
            outputs.write("--report", report, () -> page(chosen, opened, results).write(report));
            outputs.write(
                "--pictures",
                pictures,
                () -> page(chosen, opened, results).writePictures(pictures));
          });
      if (json.chosen()) {
        json.print(out, document(chosen, opened, results));
      } else {
        print(out, results);
      }
    }
    return interruption.requested() ? ExitCode.INTERRUPTED : outputs.exitCode();
  }

  private void draw(FlowTarget chosen, List<FlowResult> results) {
    FlowChart.write(png, FlowOptions.drawing(png), title(chosen, results), results);
  }

  private Page page(FlowTarget chosen, Backend opened, List<FlowResult> results) {
    return FlowPage.of(chosen.task(), manifest(chosen, opened), results);
  }

  private Map<String, String> manifest(FlowTarget chosen, Backend opened) {
    List<String> words = spec.commandLine().getParseResult().originalArgs();
    Map<String, String> manifest = new LinkedHashMap<>(RunManifest.of(words, List.of(opened)));
    TaskSettings task = options.taskSettings(chosen.task());
    manifest.put("task", chosen.task().name() + ", " + FlowText.of(task));
    manifest.put("training", FlowText.of(options.flowSettings(task)));
    return manifest;
  }

  private Outputs outputs() {
    Outputs outputs =
        new Outputs(spec)
            .input("the model", FlowTarget.isTask(target) ? null : Path.of(target))
            .file("--report", report)
            .file("--png", png)
            .folder("--pictures", pictures, FlowOptions::isFigure);
    if (png != null) {
      if (!png.getFileName().toString().endsWith(".png")) {
        throw new InvalidArgumentException(
            "gradient-flow", "--png " + png, "a file that ends in .png", "Add the ending");
      }
      outputs.beside("--png", png, FlowOptions.drawing(png));
    }
    outputs.check();
    return outputs;
  }

  private List<FlowResult> results(Backend opened, SpectralHelp help, FlowTarget chosen) {
    TaskSettings taskSettings = options.taskSettings(chosen.task());
    FlowSettings settings = options.flowSettings(taskSettings);
    if (chosen.file() != null) {
      return List.of(look(opened, help, chosen, taskSettings, settings));
    }
    FlowSubject subject = FlowSubject.of(chosen.task(), taskSettings, opened);
    FlowTrial trial =
        new FlowTrial(opened, help.decompositions(), subject, settings, interruption::requested);
    List<FlowResult> results = new ArrayList<>();
    for (FlowVariant variant : options.variants()) {
      if (!interruption.requested()) {
        FlowResult result = trial.run(variant);
        results.add(result);
        if (!json.chosen()) {
          spec.commandLine()
              .getOut()
              .printf(
                  Locale.ROOT,
                  "%s: %d batches, %d looks, %.1f s%s%n",
                  result.name(),
                  result.losses().length,
                  result.snapshots().size(),
                  result.seconds(),
                  result.end().isEmpty() ? "" : "; " + result.end());
        }
      }
    }
    return results;
  }

  private FlowResult look(
      Backend opened,
      SpectralHelp help,
      FlowTarget chosen,
      TaskSettings taskSettings,
      FlowSettings settings) {
    if (options.triesRemedies()) {
      throw new InvalidArgumentException(
          "gradient-flow " + chosen.file(),
          "--remedy for a trained model",
          "a task, whose networks are trained with each remedy",
          "Give the task " + chosen.task().name() + " in place of the file");
    }
    try (Network network = Network.load(chosen.file(), opened)) {
      FlowSubject subject =
          FlowSubject.of(
              chosen.task(),
              taskSettings.withOptions(FlowTarget.options(chosen.task(), network)),
              opened);
      return new FlowTrial(
              opened, help.decompositions(), subject, settings, interruption::requested)
          .look(chosen.file().getFileName().toString(), network);
    }
  }

  private static String title(FlowTarget chosen, List<FlowResult> results) {
    return chosen.task().name() + ": gradients after " + results.get(0).last().step() + " batches";
  }

  private static void print(PrintWriter out, List<FlowResult> results) {
    Table table = new Table(FlowRow.heading().toArray(String[]::new));
    results.forEach(
        result -> FlowRow.of(result).forEach(cells -> table.add(cells.toArray(String[]::new))));
    out.println();
    table.print(out);
    out.println();
    out.println("Verdicts, with the steps of the training at which they were seen:");
    Set<Remedy> remedies = new LinkedHashSet<>();
    for (FlowResult result : results) {
      Diagnosis diagnosis = result.last().worst().diagnosis();
      out.printf(
          Locale.ROOT,
          "%s: %s; at the end %s%n",
          result.name(),
          result.course(),
          diagnosis.reason());
      remedies.addAll(result.remedies());
    }
    if (!remedies.isEmpty()) {
      out.println();
      out.println("What can be tried, each with --remedy:");
      remedies.forEach(remedy -> out.println("  " + remedy + ": " + remedy.description()));
    }
  }

  private Map<String, Object> document(
      FlowTarget chosen, Backend opened, List<FlowResult> results) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("task", chosen.task().name());
    document.put("model", chosen.file() == null ? null : chosen.file().toString());
    document.put("backend", opened.info().name());
    document.put("threads", opened.info().threads());
    document.put("networks", results.stream().map(FlowDocument::of).toList());
    return document;
  }
}
