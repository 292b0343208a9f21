package org.recur4j.examples.births;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.TextLine;
import org.recur4j.models.data.TextLines;

/** Reads the table of births and refuses a gap, a day twice or a wrong weekday. */
final class BirthsReader {
  private static final String BUNDLED = "births-1969-1988.csv.gz";
  private static final String HEADER = "year,month,date_of_month,day_of_week,births";
  private static final int COLUMNS = 5;
  private static final int MAXIMUM_CHARACTERS = 200;

  private final String source;
  private final List<Integer> births = new ArrayList<>();
  private LocalDate first;

  private BirthsReader(String source) {
    this.source = source;
  }

  static DailyBirths bundled() {
    try (InputStream content = BirthsReader.class.getResourceAsStream(BUNDLED)) {
      if (content == null) {
        throw new FileNotFoundException(
            "The table " + BUNDLED + " is missing from the examples' jar: build it again.");
      }
      return read(BUNDLED, new GZIPInputStream(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DailyBirths read(String source, InputStream content) throws IOException {
    return new BirthsReader(source).parse(TextLines.read(source, content, MAXIMUM_CHARACTERS));
  }

  private DailyBirths parse(List<TextLine> lines) {
    if (!lines.get(0).text().equals(HEADER)) {
      throw wrong(lines.get(0), "the heading '" + lines.get(0).text() + "'", "'" + HEADER + "'");
    }
    for (TextLine line : lines.subList(1, lines.size())) {
      add(line);
    }
    if (first == null) {
      throw wrong(lines.get(0), "a heading without days", "a line for each day");
    }
    return new DailyBirths(first, births.stream().mapToInt(Integer::intValue).toArray());
  }

  private void add(TextLine line) {
    int[] row = numbers(line);
    LocalDate date = date(line, row);
    if (first == null) {
      first = date;
    }
    LocalDate expected = first.plusDays(births.size());
    if (!date.equals(expected)) {
      throw wrong(line, "the day " + date, expected + ", the day after the line before");
    }
    if (row[3] != date.getDayOfWeek().getValue()) {
      throw wrong(
          line,
          "weekday " + row[3] + " for " + date,
          date.getDayOfWeek().getValue() + " (Monday is 1)");
    }
    if (row[4] < 0) {
      throw wrong(line, row[4] + " births", "at least 0");
    }
    births.add(row[4]);
  }

  private int[] numbers(TextLine line) {
    String[] columns = line.text().split(",", -1);
    if (columns.length != COLUMNS) {
      throw wrong(line, columns.length + " columns", COLUMNS + ": " + HEADER);
    }
    int[] row = new int[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      try {
        row[i] = Integer.parseInt(columns[i].strip());
      } catch (NumberFormatException e) {
        throw new DataException(
            place(line), "'" + columns[i] + "'", "a whole number", "Correct the line.", e);
      }
    }
    return row;
  }

  private LocalDate date(TextLine line, int[] row) {
    try {
      return LocalDate.of(row[0], row[1], row[2]);
    } catch (DateTimeException e) {
      throw new DataException(
          place(line),
          "the day " + row[0] + "-" + row[1] + "-" + row[2],
          "a day of the calendar",
          "Correct the line.",
          e);
    }
  }

  private DataException wrong(TextLine line, String got, String expected) {
    return new DataException(place(line), got, expected, "Correct the line.");
  }

  private String place(TextLine line) {
    return source + ", line " + line.number();
  }
}
