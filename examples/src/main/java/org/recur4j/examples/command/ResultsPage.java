package org.recur4j.examples.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.Task;
import org.recur4j.models.file.AtomicFile;

/** The page that a report writes, in Markdown. */
final class ResultsPage {
  private final boolean quick;
  private final BackendInfo backend;
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final Map<String, Map<String, List<ReportRow>>> rows = new LinkedHashMap<>();
  private final Map<String, String> missing = new LinkedHashMap<>();

  ResultsPage(boolean quick, BackendInfo backend) {
    this.quick = quick;
    this.backend = backend;
  }

  /** A training; those of one network from several seeds become one line. */
  void add(Task task, ReportRow row) {
    tasks.putIfAbsent(task.name(), task);
    rows.computeIfAbsent(task.name(), key -> new LinkedHashMap<>())
        .computeIfAbsent(row.network(), key -> new ArrayList<>())
        .add(row);
  }

  /** Something that is not on the page, because its turn has not come or nobody asked for it. */
  void missing(String title, boolean wanted) {
    missing.putIfAbsent(
        title, wanted ? "not finished yet; run the report again" : "left out of this run");
  }

  /** Why a training is not on the page. */
  void reason(String title, String reason) {
    missing.put(title, reason);
  }

  void write(Path file) {
    AtomicFile.write(file, text());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append("# Results\n\n")
        .append("Written by `./recur4j report tasks")
        .append(quick ? " --quick" : "")
        .append("`; do not edit. Backend ")
        .append(backend.name())
        .append(". Each figure is measured on a test part that no training has seen; where a")
        .append(
            " choice has, the task says so; baselines are computed in the same run on the same part;")
        .append(
            " published figures are those of others. The same seed gives the same figure on the")
        .append(" same engine of the backend (`./recur4j backends` names it); another rounds")
        .append(" differently. Times are of the wall clock, however busy the machine was.\n");
    if (quick) {
      text.append("\nThe networks are small and the examples few: this page shows that everything")
          .append(" runs, not what can be reached.\n");
    }
    tasks.forEach((name, task) -> section(text, task, rows.get(name)));
    if (!missing.isEmpty()) {
      text.append("\n## Not on this page\n\n");
      missing.forEach((title, why) -> text.append("* " + title + ": " + why + "\n"));
    }
    return text.toString();
  }

  private static void section(
      StringBuilder text, Task task, Map<String, List<ReportRow>> networks) {
    text.append("\n## ").append(task.name()).append("\n\n");
    text.append(task.description()).append(' ').append(task.data()).append("\n\n");
    text.append("| network | measured | result | baseline | published | epochs | time |\n")
        .append("|---|---|--:|---|---|--:|--:|\n");
    networks.values().forEach(same -> lines(text, same));
    text.append("\n```\n");
    networks.values().forEach(same -> same.forEach(row -> text.append(row.command()).append('\n')));
    text.append("```\n");
  }

  private static void lines(StringBuilder text, List<ReportRow> same) {
    ReportRow first = same.get(0);
    double seconds = same.stream().mapToDouble(ReportRow::seconds).average().orElse(0);
    for (int i = 0; i < first.scores().size(); i++) {
      Score score = first.scores().get(i);
      int at = i;
      double[] values = same.stream().mapToDouble(row -> row.scores().get(at).value()).toArray();
      cells(
          text,
          first.network(),
          score.metric(),
          figure(values, score.unit()),
          FigureText.of(score.baselines(), score.unit()),
          FigureText.of(score.published(), score.unit()),
          Integer.toString(first.epochs()),
          String.format(Locale.ROOT, "%.0f s", seconds));
    }
  }

  /** The figure of one seed, or the mean of several with the extremes. */
  private static String figure(double[] values, Score.Unit unit) {
    double sum = 0;
    double low = values[0];
    double high = values[0];
    for (double value : values) {
      sum += value;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    String mean = FigureText.of(sum / values.length, unit);
    return low == high
        ? mean
        : String.format(
            Locale.ROOT,
            "%s (%s to %s, %d seeds)",
            mean,
            FigureText.of(low, unit),
            FigureText.of(high, unit),
            values.length);
  }

  private static void cells(StringBuilder text, String... cells) {
    for (String cell : cells) {
      text.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    text.append("|\n");
  }
}
