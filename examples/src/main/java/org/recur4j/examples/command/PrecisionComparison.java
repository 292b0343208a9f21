package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.Score.Unit;
import org.recur4j.models.training.report.Evaluation;

/**
 * One model on one test part at full precision and, if it was asked for, at another.
 *
 * @param precision the other one, or full where there is none
 * @param full measured at full precision
 * @param low measured at the other one
 */
record PrecisionComparison(Precision precision, MeasuredModel full, Optional<MeasuredModel> low) {
  void print(PrintWriter out, JsonOption json) {
    if (json.chosen()) {
      json.print(out, document());
      return;
    }
    Table table =
        low.isEmpty()
            ? new Table("METRIC", "FULL")
            : new Table("METRIC", "FULL", precision.name(), "DIFFERENCE");
    List<Score> other = low.map(MeasuredModel::scores).orElse(List.of());
    for (int i = 0; i < full.scores().size(); i++) {
      Score score = full.scores().get(i);
      row(
          table,
          score.metric(),
          score.value(),
          low.isEmpty() ? Double.NaN : other.get(i).value(),
          score.unit());
    }
    full.evaluation()
        .ifPresent(
            evaluation -> {
              Evaluation beside = low.flatMap(MeasuredModel::evaluation).orElse(evaluation);
              if (!Double.isNaN(evaluation.accuracy())) {
                double right = evaluation.accuracy();
                row(table, "right answers", right, beside.accuracy(), Unit.SHARE);
              }
              row(table, "mean loss", evaluation.loss(), beside.loss(), Unit.NUMBER);
            });
    row(
        table,
        "packed recurrent weights, bytes",
        (double) full.packedBytes(),
        (double) low.map(MeasuredModel::packedBytes).orElse(0L),
        Unit.COUNT);
    table.print(out);
    full.evaluation()
        .ifPresent(
            evaluation ->
                out.printf(Locale.ROOT, "%,d answers of the test part%n", evaluation.answers()));
    low.ifPresent(measured -> printDifference(out, measured));
  }

  private void printDifference(PrintWriter out, MeasuredModel other) {
    if (!full.outputs().isEmpty()) {
      out.printf(
          Locale.ROOT,
          "largest absolute difference of %,d probabilities or values: %.2g%n",
          full.outputs().stream().mapToLong(row -> row.length).sum(),
          largestDifference(other));
    }
    if (other.packedBytes() > 0) {
      out.printf(
          Locale.ROOT,
          "The recurrent layers' weights take %.2f times the memory.%n",
          (double) other.packedBytes() / full.packedBytes());
    }
  }

  private double largestDifference(MeasuredModel other) {
    double largest = 0;
    for (int i = 0; i < full.outputs().size(); i++) {
      float[] expected = full.outputs().get(i);
      float[] got = other.outputs().get(i);
      for (int j = 0; j < expected.length; j++) {
        largest = Math.max(largest, Math.abs((double) got[j] - expected[j]));
      }
    }
    return largest;
  }

  private void row(Table table, String metric, double value, double other, Unit unit) {
    if (low.isEmpty()) {
      table.add(metric, FigureText.of(value, unit));
      return;
    }
    String difference = FigureText.of(other - value, unit);
    table.add(
        metric,
        FigureText.of(value, unit),
        FigureText.of(other, unit),
        other > value ? "+" + difference : difference);
  }

  private Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("precision", precision.name());
    List<Object> scores = new ArrayList<>();
    for (int i = 0; i < full.scores().size(); i++) {
      Score score = full.scores().get(i);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("metric", score.metric());
      row.put("unit", score.unit().name());
      row.put("better", score.better().name());
      row.put("full", score.value());
      int place = i;
      low.ifPresent(other -> row.put("value", other.scores().get(place).value()));
      scores.add(row);
    }
    document.put("scores", scores);
    full.evaluation().ifPresent(evaluation -> document.put("answers", evaluation.answers()));
    add(document, "_full", full);
    low.ifPresent(
        other -> {
          add(document, "", other);
          if (!full.outputs().isEmpty()) {
            document.put("largest_difference", largestDifference(other));
          }
        });
    return document;
  }

  private static void add(Map<String, Object> document, String suffix, MeasuredModel model) {
    model
        .evaluation()
        .ifPresent(
            evaluation -> {
              if (!Double.isNaN(evaluation.accuracy())) {
                document.put("accuracy" + suffix, evaluation.accuracy());
              }
              document.put("loss" + suffix, evaluation.loss());
            });
    document.put("packed_bytes" + suffix, model.packedBytes());
  }
}
