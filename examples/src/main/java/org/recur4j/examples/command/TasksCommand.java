package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.Variant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the tasks; needs no backend. */
@Command(name = "tasks", description = "List what can be trained, on which data.")
final class TasksCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (json.chosen()) {
      json.print(out, TaskCatalog.all().stream().map(TasksCommand::row).toList());
      return;
    }
    for (Task task : TaskCatalog.all()) {
      out.println(task.name());
      out.println("  " + task.description());
      out.println("  " + task.data());
      out.println("  networks: " + String.join(", ", networks(task)));
    }
  }

  private static Map<String, Object> row(Task task) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("task", task.name());
    row.put("description", task.description());
    row.put("data", task.data());
    row.put("networks", networks(task));
    return row;
  }

  private static List<String> networks(Task task) {
    return task.variants().stream()
        .map(Variant::toString)
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
