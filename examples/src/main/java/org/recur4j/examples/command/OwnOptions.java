package org.recur4j.examples.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.TaskOption;

/** What a task's own options are set to in a report: {@code --option TASK.NAME=VALUE}. */
final class OwnOptions {
  private OwnOptions() {}

  /** Refuses an option that no task has. */
  static void check(Map<String, String> given) {
    for (String name : given.keySet()) {
      boolean known =
          TaskCatalog.all().stream()
              .anyMatch(t -> t.options().stream().anyMatch(o -> name(t, o).equals(name)));
      if (!known) {
        throw new InvalidArgumentException(
            "report tasks",
            "--option " + name,
            TaskCatalog.all().stream()
                .flatMap(t -> t.options().stream().map(o -> name(t, o)))
                .collect(Collectors.joining(", ")),
            "Name the task and its option, joined by a dot");
      }
    }
  }

  static Map<String, String> of(Task task, Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    for (TaskOption option : task.options()) {
      values.put(option.name(), given.getOrDefault(name(task, option), option.defaultValue()));
    }
    return values;
  }

  /** The words of a command that sets what is not at its default. */
  static String words(Task task, Map<String, String> values) {
    return task.options().stream()
        .filter(option -> !option.defaultValue().equals(values.get(option.name())))
        .map(option -> " --" + option.name() + " " + values.get(option.name()))
        .collect(Collectors.joining());
  }

  private static String name(Task task, TaskOption option) {
    return task.name() + "." + option.name();
  }
}
