package org.recur4j.examples.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.recur4j.models.data.DataException;
import org.recur4j.models.file.AppendedFile;
import org.recur4j.models.file.AtomicFile;
import org.recur4j.models.training.CheckpointFile;

/**
 * Finished rows in a file of JSON lines: a report that was stopped, or killed, goes on where it
 * was. Half a line at the end, which a killed process may leave, is taken away.
 */
final class ReportRows {
  private static final Gson GSON =
      new GsonBuilder().serializeSpecialFloatingPointValues().disableHtmlEscaping().create();

  private final Path file;
  private final Map<String, ReportRow> rows = new LinkedHashMap<>();

  private ReportRows(Path file) {
    this.file = file;
  }

  /** Reads what there is; no file is no rows. */
  static ReportRows open(Path file) {
    Path regular = AtomicFile.regular(file);
    ReportRows rows = new ReportRows(file);
    try {
      if (Files.exists(regular)) {
        rows.read(Files.readString(regular));
      }
      return rows;
    } catch (IOException e) {
      throw rows.unusable(e.toString(), "a file that can be read and written", e);
    }
  }

  private void read(String text) {
    int end = text.lastIndexOf('\n') + 1;
    boolean whole = isRow(text.substring(end));
    List<String> lines = text.substring(0, whole ? text.length() : end).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      try {
        ReportRow row = GSON.fromJson(lines.get(i), ReportRow.class);
        if (row == null) {
          throw new JsonParseException("an empty line");
        }
        rows.put(row.key(), row);
      } catch (RuntimeException e) {
        throw unusable("line " + (i + 1) + " that is no row", "what 'report tasks' wrote", e);
      }
    }
  }

  /** Half a line, which a killed process may leave, is none. */
  private static boolean isRow(String text) {
    try {
      return GSON.fromJson(text, ReportRow.class) != null;
    } catch (RuntimeException e) {
      return false;
    }
  }

  Optional<ReportRow> find(String key) {
    return Optional.ofNullable(rows.get(key));
  }

  /**
   * Where a row that is being trained keeps what it needs to go on: beside the rows, under a name
   * that tells which it is and that another row, or the same at other settings, does not have.
   */
  CheckpointFile checkpoint(String title, String key) {
    String rowName = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
    String name =
        String.format(
            Locale.ROOT,
            "%s.%s.%08x.checkpoint",
            file.getFileName().toString().replaceFirst("\\.jsonl$", ""),
            rowName,
            key.hashCode());
    return new CheckpointFile(file.resolveSibling(name));
  }

  /** Keeps a row, on the disk before anything else happens. */
  void add(ReportRow row) {
    rows.put(row.key(), row);
    try (AppendedFile appended = AppendedFile.open(file, ReportRows::isRow)) {
      appended.append(GSON.toJson(row));
      appended.force();
    }
  }

  private DataException unusable(String got, String expected, Throwable cause) {
    return new DataException(
        "the rows in " + file,
        got,
        expected,
        "Name another file with --rows, or remove it.",
        cause);
  }
}
