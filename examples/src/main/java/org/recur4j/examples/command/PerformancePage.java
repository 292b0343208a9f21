package org.recur4j.examples.command;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.recur4j.examples.bench.Result;
import org.recur4j.examples.bench.Workload;
import org.recur4j.models.data.DataException;
import org.recur4j.models.file.AtomicFile;
import org.recur4j.models.file.FileKind;

/** Figures that {@code recur4j bench} recorded, as tables between two markers of a page. */
final class PerformancePage {
  static final String BEGIN = "<!-- figures: written by './recur4j report performance' -->";
  static final String END = "<!-- end of figures -->";

  private final Map<String, PerformanceRow> rows = new LinkedHashMap<>();

  /** Reads recorded figures; of the same figure taken twice the later one counts. */
  static PerformancePage of(Path file) {
    PerformancePage page = new PerformancePage();
    List<String> lines = read(file).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      try {
        PerformanceRow row = PerformanceRow.of(lines.get(i));
        page.rows.put(row.key(), row);
      } catch (JsonParseException e) {
        throw new DataException(
            file + ", line " + (i + 1),
            e.getMessage(),
            "what 'recur4j bench --record' wrote",
            "Take the line out, or record again.",
            e);
      }
    }
    return page;
  }

  /** Replaces what stands between the markers. */
  void write(Path page) {
    String text = read(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new DataException(
          page.toString(),
          "a page without the lines '" + BEGIN + "' and '" + END + "'",
          "both, in this order",
          "Put them where the tables shall stand.");
    }
    String changed =
        text.substring(0, begin + BEGIN.length()) + "\n\n" + tables() + text.substring(end);
    AtomicFile.write(page, changed);
  }

  private static String read(Path file) {
    FileKind kind = FileKind.of(file);
    if (kind != FileKind.REGULAR && kind != FileKind.MISSING) {
      throw new DataException(
          file.toString(), kind.description(), "a text file", "Name one that is there.");
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new DataException(
          file.toString(), e.toString(), "a text file", "Name one that is there.", e);
    }
  }

  private String tables() {
    StringBuilder text = new StringBuilder();
    Set<String> settings = new TreeSet<>();
    rows.values().forEach(row -> settings.add(row.setting()));
    for (String setting : settings) {
      table(
          text, setting, rows.values().stream().filter(r -> r.setting().equals(setting)).toList());
    }
    return text.toString();
  }

  private void table(StringBuilder text, String setting, Collection<PerformanceRow> all) {
    Set<String> columns = new LinkedHashSet<>();
    Set<String> machines = new LinkedHashSet<>();
    Set<String> commands = new LinkedHashSet<>();
    for (PerformanceRow row : all) {
      columns.add(row.column());
      machines.add(row.machine());
      commands.add(row.command());
    }
    text.append("### ").append(setting).append("\n\n| | floor, one core |");
    columns.forEach(column -> text.append(' ').append(column).append(" |"));
    text.append("\n|---|--:|").append("--:|".repeat(columns.size())).append('\n');
    for (Workload workload : Workload.values()) {
      line(text, setting, workload.name(), columns);
    }
    text.append('\n');
    machines.forEach(machine -> text.append("* ").append(machine).append('\n'));
    DoubleSummaryStatistics load =
        all.stream().mapToDouble(PerformanceRow::load).summaryStatistics();
    DoubleSummaryStatistics peak =
        all.stream().mapToDouble(PerformanceRow::peak).summaryStatistics();
    text.append(
        String.format(
            Locale.ROOT,
            "* peak %.1f to %.1f GFLOP/s a core; load %.1f to %.1f when a run began\n",
            peak.getMin(),
            peak.getMax(),
            load.getMin(),
            load.getMax()));
    text.append("\n```\n");
    commands.forEach(command -> text.append(command).append('\n'));
    text.append("```\n\n");
  }

  private void line(StringBuilder text, String setting, String workload, Set<String> columns) {
    String floor = "";
    StringBuilder cells = new StringBuilder();
    boolean any = false;
    for (String column : columns) {
      PerformanceRow row = rows.get(setting + " " + workload + " " + column);
      if (row == null) {
        cells.append(" |");
        continue;
      }
      any = true;
      cells.append(' ').append(row.cell(rows.get(oneThread(row)))).append(" |");
      if (!row.bound().isEmpty()) {
        floor = Result.figure(row.floor() * row.threads()) + " " + row.bound();
      }
    }
    if (any) {
      text.append("| ").append(workload).append(" | ").append(floor).append(" |").append(cells);
      text.append('\n');
    }
  }

  private static String oneThread(PerformanceRow row) {
    return row.setting() + " " + row.workload() + " " + row.backend() + ", 1 thread";
  }
}
