package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.recur4j.api.backend.Availability.Unavailable;
import org.recur4j.api.backend.Candidate;
import org.recur4j.examples.comparison.ComparisonReport;
import org.recur4j.examples.comparison.Figure;
import org.recur4j.examples.comparison.Judgment;
import org.recur4j.examples.comparison.ParityName;
import org.recur4j.examples.comparison.Sweep;
import org.recur4j.models.comparison.Estimate;
import org.recur4j.models.parity.ParityPhase;
import org.recur4j.models.parity.ParityReport;
import org.recur4j.models.parity.TensorDifference;

/** A comparison on a terminal. */
final class ComparisonText {
  private ComparisonText() {}

  static void print(ComparisonReport report, PrintWriter out) {
    out.println(
        report.title()
            + ": "
            + report.settings().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", ")));
    report.manifest().forEach((name, value) -> out.println("  " + name + ": " + value));
    for (Candidate candidate : report.absent()) {
      out.println("not available: " + reason(candidate));
    }
    out.println();
    figures(report, out);
    out.println();
    for (Judgment judgment : report.judgments()) {
      judgment.sentences().forEach(out::println);
    }
    out.println();
    parity(report, out);
    report.notes().forEach(out::println);
    report.sweep().ifPresent(sweep -> sweep(sweep, report.backends(), out));
    out.println();
    report.caveats().forEach(out::println);
    report.recommendation().forEach(out::println);
  }

  static String reason(Candidate candidate) {
    return candidate.availability() instanceof Unavailable unavailable
        ? candidate.name() + ": " + unavailable.reason() + " → " + unavailable.remedy()
        : candidate.toString();
  }

  private static void figures(ComparisonReport report, PrintWriter out) {
    List<String> heading = new ArrayList<>(List.of("MEASURED (95 % INTERVAL)"));
    heading.addAll(report.backends());
    Table table = new Table(heading.toArray(String[]::new));
    List<String> reasons = new ArrayList<>();
    for (String measure : report.measures()) {
      List<String> row = new ArrayList<>(List.of(measure));
      for (String backend : report.backends()) {
        row.add(report.figure(measure, backend).map(Figure::text).orElse(""));
        report
            .figure(measure, backend)
            .filter(figure -> !figure.isMeasured())
            .ifPresent(f -> reasons.add("  " + measure + ", " + backend + ": " + f.note()));
      }
      table.add(row.toArray(String[]::new));
    }
    table.print(out);
    if (!reasons.isEmpty()) {
      out.println("not measured, because:");
      reasons.forEach(out::println);
    }
  }

  private static void parity(ComparisonReport report, PrintWriter out) {
    report.parity().stream()
        .filter(ParityName::isChoice)
        .forEach(
            parity ->
                parity
                    .choices()
                    .forEach(
                        choice ->
                            out.println("chosen by " + parity.backend().name() + ": " + choice)));
    if (report.parity().isEmpty()) {
      return;
    }
    out.println();
    Table table =
        new Table(
            "AGAINST FLOAT64",
            "WAY",
            "FURTHEST TENSOR",
            "ABSOLUTE",
            "RELATIVE",
            "ULP",
            "OF THE LARGEST",
            "");
    for (ParityReport parity : report.parity()) {
      for (ParityPhase stage : ParityPhase.values()) {
        TensorDifference worst = parity.worst(stage);
        if (worst != null) {
          table.add(
              ParityName.of(parity),
              stage.name().toLowerCase(Locale.ROOT),
              worst.layer() + ", " + worst.quantity(),
              String.format(Locale.ROOT, "%.2e", worst.absolute()),
              String.format(Locale.ROOT, "%.2e", worst.relative()),
              String.format(Locale.ROOT, "%.1f", worst.ulps()),
              String.format(Locale.ROOT, "%.1f", worst.ulpsOfLargest()),
              String.format(Locale.ROOT, "%.1f %% of what is allowed", 100 * worst.share()));
        }
      }
    }
    table.print(out);
    for (ParityReport parity : report.parity()) {
      out.println(
          ParityName.of(parity)
              + ": "
              + parity
                  .first()
                  .map(divergence -> "first divergence: " + divergence)
                  .orElse("every number is within the tolerance"));
    }
    out.println();
  }

  private static void sweep(Sweep sweep, List<String> backends, PrintWriter out) {
    out.println();
    List<String> heading = new ArrayList<>();
    sweep.axes().forEach(axis -> heading.add(axis.size().toUpperCase(Locale.ROOT)));
    backends.forEach(backend -> heading.add(backend + ", ms a step"));
    heading.add("FASTEST");
    Table table = new Table(heading.toArray(String[]::new));
    for (Sweep.Point point : sweep.points()) {
      List<String> row = new ArrayList<>();
      point.sizes().values().forEach(value -> row.add(Integer.toString(value)));
      for (Map.Entry<String, Estimate> entry : point.steps().entrySet()) {
        row.add(entry.getValue().times(1e3).toString());
      }
      row.add(point.text());
      table.add(row.toArray(String[]::new));
    }
    table.print(out);
  }
}
