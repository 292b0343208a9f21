package org.recur4j.examples.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.task.Task;
import org.recur4j.models.data.DataException;
import org.recur4j.models.file.FileKind;
import org.recur4j.models.network.Network;

/**
 * What a person named: a task, or a model file of one.
 *
 * @param task whose examples are looked at
 * @param file a model to look at; null for fresh networks
 */
record FlowTarget(Task task, Path file) {
  private static final String TASK = "task.name";
  private static final String NOTES = "task.";

  static boolean isTask(String word) {
    return TaskCatalog.all().stream().anyMatch(task -> task.name().equals(word));
  }

  static FlowTarget of(String word, Backend backend) {
    for (Task task : TaskCatalog.all()) {
      if (task.name().equals(word)) {
        return new FlowTarget(task, null);
      }
    }
    Path file = Path.of(word);
    FileKind kind = FileKind.of(file);
    if (kind == FileKind.MISSING || kind == FileKind.FOLDER) {
      throw new InvalidArgumentException(
          "gradient-flow",
          "'" + word + "'",
          "a model file, or one of "
              + TaskCatalog.all().stream().map(Task::name).collect(Collectors.joining(", ")),
          "Correct the name or the path");
    }
    try (Network network = Network.load(file, backend)) {
      String name = network.metadata().get(TASK);
      return TaskCatalog.all().stream()
          .filter(task -> task.name().equals(name))
          .map(task -> new FlowTarget(task, file))
          .findFirst()
          .orElseThrow(
              () ->
                  new DataException(
                      word,
                      name == null ? "a model that names no task" : "the task '" + name + "'",
                      "a model of a task of 'recur4j tasks'",
                      "Give a file that 'recur4j train TASK' wrote."));
    }
  }

  /** The task's own options as they were when the network was trained. */
  static Map<String, String> options(Task task, Network network) {
    Map<String, String> own = new LinkedHashMap<>();
    task.options()
        .forEach(
            option ->
                own.put(
                    option.name(),
                    network.metadata().getOrDefault(NOTES + option.name(), option.defaultValue())));
    return own;
  }
}
