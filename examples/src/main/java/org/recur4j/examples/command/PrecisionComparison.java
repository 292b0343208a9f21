package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.examples.task.Score.Unit;
import org.recur4j.examples.task.TestPart;
import org.recur4j.models.training.Evaluation;

/**
 * One model on one test part at full and at another precision.
 *
 * @param precision the other one
 * @param full loss and accuracy at full precision
 * @param low at the other one
 * @param largestDifference of two probabilities that should be the same, absolute
 * @param probabilities how many were compared
 * @param fullBytes memory of the packed recurrent weights
 * @param lowBytes the same at the other precision
 */
record PrecisionComparison(
    Precision precision,
    Evaluation full,
    Evaluation low,
    double largestDifference,
    long probabilities,
    long fullBytes,
    long lowBytes) {
  static PrecisionComparison of(Precision precision, TestPart full, TestPart low) {
    List<float[]> expected = full.outputs();
    List<float[]> got = low.outputs();
    double largest = 0;
    long count = 0;
    for (int i = 0; i < expected.size(); i++) {
      for (int j = 0; j < expected.get(i).length; j++) {
        largest = Math.max(largest, Math.abs((double) got.get(i)[j] - expected.get(i)[j]));
      }
      count += expected.get(i).length;
    }
    return new PrecisionComparison(
        precision,
        full.evaluate(),
        low.evaluate(),
        largest,
        count,
        full.network().packedBytes(),
        low.network().packedBytes());
  }

  void print(PrintWriter out, JsonOption json) {
    if (json.chosen()) {
      json.print(out, document());
      return;
    }
    Table table = new Table("METRIC", "FULL", precision.name(), "DIFFERENCE");
    row(table, "right answers", full.accuracy(), low.accuracy(), Unit.SHARE);
    row(table, "mean loss, nats", full.loss(), low.loss(), Unit.NUMBER);
    row(
        table,
        "packed recurrent weights, bytes",
        (double) fullBytes,
        (double) lowBytes,
        Unit.COUNT);
    table.print(out);
    out.printf(
        Locale.ROOT,
        "%,d answers of the test part; largest absolute difference of %,d probabilities: %.2g%n",
        full.answers(),
        probabilities,
        largestDifference);
    if (lowBytes > 0) {
      out.printf(
          Locale.ROOT,
          "The recurrent layers' weights take %.2f times the memory.%n",
          (double) lowBytes / fullBytes);
    }
  }

  private static void row(Table table, String metric, double full, double low, Unit unit) {
    String difference = FigureText.of(low - full, unit);
    table.add(
        metric,
        FigureText.of(full, unit),
        FigureText.of(low, unit),
        low > full ? "+" + difference : difference);
  }

  private Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("precision", precision.name());
    document.put("answers", full.answers());
    document.put("accuracy_full", full.accuracy());
    document.put("accuracy", low.accuracy());
    document.put("loss_full", full.loss());
    document.put("loss", low.loss());
    document.put("largest_difference", largestDifference);
    document.put("packed_bytes_full", fullBytes);
    document.put("packed_bytes", lowBytes);
    return document;
  }
}
