package org.recur4j.examples.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.examples.task.Variant;

/**
 * One training of a report, to do or done.
 *
 * @param task whose network
 * @param settings how it is trained
 * @param network its name in the report
 * @param isUsual whether it is one of those a report trains unasked
 * @param key everything that its figures depend on
 * @param command that trains it alone
 */
record PlannedTraining(
    Task task, TaskSettings settings, String network, boolean isUsual, String key, String command) {
  /**
   * The trainings of a task by default: each variant with each seed.
   *
   * @param seeds how many, or null for as many as the task asks for
   * @param given values of tasks' own options
   */
  static List<PlannedTraining> usual(
      Task task, boolean quick, Integer seeds, Map<String, String> given, String backend) {
    Map<String, String> own = OwnOptions.of(task, given);
    int count = seeds != null ? seeds : quick ? 1 : task.seeds();
    List<PlannedTraining> plans = new ArrayList<>();
    for (Variant variant : task.variants()) {
      for (long seed = 1; seed <= count; seed++) {
        TaskSettings settings = task.defaults(variant, quick).withSeed(seed).withOptions(own);
        plans.add(of(task, settings, true, backend));
      }
    }
    return plans;
  }

  /** Those that a task has beyond its defaults; its own options are as the task wants them. */
  static List<PlannedTraining> longer(Task task, Map<String, String> given, String backend) {
    List<PlannedTraining> plans = new ArrayList<>();
    for (TaskSettings wanted : task.longTrainings()) {
      Map<String, String> own = new LinkedHashMap<>(OwnOptions.of(task, given));
      own.putAll(wanted.options());
      plans.add(of(task, wanted.withOptions(own), false, backend));
    }
    return plans;
  }

  private static PlannedTraining of(
      Task task, TaskSettings settings, boolean usual, String backend) {
    Variant variant = settings.variant();
    String size = size(task.defaults(variant, settings.quick()), settings);
    String command =
        String.format(
            Locale.ROOT,
            "./recur4j train %s --cell %s --direction %s%s --seed %d%s%s --backend %s",
            task.name(),
            variant.cell(),
            variant.direction().name().toLowerCase(Locale.ROOT),
            size,
            settings.seed(),
            settings.quick() ? " --quick" : "",
            OwnOptions.words(task, settings.options()),
            backend);
    String network = variant + size.replace(" --", ", ");
    String key = task.name() + " " + backend + " " + settings;
    return new PlannedTraining(task, settings, network, usual, key, command);
  }

  /** The words of a command that sets what is not as by default. */
  private static String size(TaskSettings usual, TaskSettings settings) {
    Map<String, Number> differing = new LinkedHashMap<>();
    if (usual.hidden() != settings.hidden()) {
      differing.put("hidden", settings.hidden());
    }
    if (usual.layers() != settings.layers()) {
      differing.put("layers", settings.layers());
    }
    if (usual.epochs() != settings.epochs()) {
      differing.put("epochs", settings.epochs());
    }
    if (usual.batch() != settings.batch()) {
      differing.put("batch", settings.batch());
    }
    if (usual.learningRate() != settings.learningRate()) {
      differing.put("learning-rate", settings.learningRate());
    }
    StringBuilder words = new StringBuilder();
    differing.forEach((name, value) -> words.append(" --").append(name).append(' ').append(value));
    return words.toString();
  }

  String title() {
    return task.name() + ", " + network + ", seed " + settings.seed();
  }
}
