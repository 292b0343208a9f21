package org.recur4j.examples.comparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.recur4j.models.file.AtomicFile;

/** The figures as comma-separated values (RFC 4180): one a line, empty where there is none. */
public final class ComparisonCsv {
  private ComparisonCsv() {}

  /**
   * Writes them.
   *
   * @param report the comparison
   * @param file replaced if it exists
   * @throws org.recur4j.models.file.ModelFileException if it cannot be written
   */
  public static void write(ComparisonReport report, Path file) {
    List<String> lines = new ArrayList<>();
    lines.add("sizes,measure,unit,backend,value,low,high,note");
    for (Figure f : report.figures()) {
      lines.add(
          line(
              "",
              f.measure(),
              f.unit(),
              f.backend(),
              number(f.value()),
              number(f.low()),
              number(f.high()),
              f.note()));
    }
    report
        .sweep()
        .ifPresent(
            sweep -> {
              for (Sweep.Point point : sweep.points()) {
                point
                    .steps()
                    .forEach(
                        (backend, time) ->
                            lines.add(
                                line(
                                    point.name(),
                                    "training step",
                                    "ms",
                                    backend,
                                    number(1e3 * time.value()),
                                    number(1e3 * time.low()),
                                    number(1e3 * time.high()),
                                    point.judgment().winner())));
              }
            });
    AtomicFile.write(file, String.join("\r\n", lines) + "\r\n");
  }

  private static String line(String... cells) {
    return List.of(cells).stream().map(ComparisonCsv::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }
}
