package org.recur4j.examples.command;

import java.util.Locale;
import java.util.stream.Collectors;
import org.recur4j.examples.flow.FlowSettings;
import org.recur4j.examples.task.TaskSettings;

/** Settings of gradient flow in words. */
final class FlowText {
  private FlowText() {}

  static String of(TaskSettings task) {
    String options =
        task.options().entrySet().stream()
            .map(entry -> ", " + entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining());
    return String.format(
        Locale.ROOT, "hidden %d, layers %d%s", task.hidden(), task.layers(), options);
  }

  static String of(FlowSettings settings) {
    String weights =
        settings.spectralRadius().isPresent()
            ? "recurrent weights of spectral radius " + settings.spectralRadius().getAsDouble()
            : "recurrent weights " + settings.start().name().toLowerCase(Locale.ROOT);
    return String.format(
        Locale.ROOT,
        "%d batches of %d, learning rate %s, seed %d, %s; a look at %d sequences every %d batches;"
            + " remedies clip to a norm of %s and truncate after %d steps",
        settings.steps(),
        settings.batch(),
        settings.learningRate(),
        settings.seed(),
        weights,
        settings.probe(),
        settings.every(),
        settings.clip(),
        settings.chunk());
  }
}
