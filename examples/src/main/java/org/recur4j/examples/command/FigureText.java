package org.recur4j.examples.command;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.recur4j.examples.task.Reference;
import org.recur4j.examples.task.Score.Unit;

/** Figures as a person reads them. */
final class FigureText {
  private FigureText() {}

  static String of(double value, Unit unit) {
    return switch (unit) {
      case SHARE -> String.format(Locale.ROOT, "%.2f %%", 100 * value);
      case NUMBER -> String.format(Locale.ROOT, "%.4g", value);
      case COUNT -> String.format(Locale.ROOT, "%,d", Math.round(value));
    };
  }

  /** "31.20 % never, 48.20 % PyTorch": figure first, because columns of figures are compared. */
  static String of(List<Reference> references, Unit unit) {
    return references.stream()
        .map(reference -> range(reference, unit) + " " + reference.name())
        .collect(Collectors.joining(", "));
  }

  private static String range(Reference reference, Unit unit) {
    String low = of(reference.low(), unit);
    return reference.low() == reference.high() ? low : low + " to " + of(reference.high(), unit);
  }
}
