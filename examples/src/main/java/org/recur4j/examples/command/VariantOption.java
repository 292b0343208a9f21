package org.recur4j.examples.command;

import java.util.Locale;
import java.util.stream.Collectors;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.examples.task.CellChoice;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.Variant;
import picocli.CommandLine.Option;

/** Which of a task's networks. */
final class VariantOption {
  @Option(
      names = "--cell",
      paramLabel = "CELL",
      description = "What remembers: vanilla, lstm or gru; none where the task has such a network.")
  private CellChoice cell;

  @Option(
      names = "--direction",
      paramLabel = "WAY",
      description = "How it reads: forward or bidirectional, where the task has both.")
  private Direction direction;

  /** The first of the task's variants that is not ruled out. */
  Variant of(Task task) {
    return task.variants().stream()
        .filter(variant -> cell == null || variant.cell() == cell)
        .filter(variant -> direction == null || variant.direction() == direction)
        .findFirst()
        .orElseThrow(() -> refusal(task));
  }

  private InvalidArgumentException refusal(Task task) {
    String got =
        (cell == null ? "" : "--cell " + cell + " ")
            + (direction == null ? "" : "--direction " + direction.name().toLowerCase(Locale.ROOT));
    return new InvalidArgumentException(
        "Task " + task.name(),
        got.strip(),
        task.variants().stream().map(Variant::toString).collect(Collectors.joining(", ")),
        "Choose one of these");
  }
}
