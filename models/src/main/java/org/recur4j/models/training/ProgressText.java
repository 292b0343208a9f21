package org.recur4j.models.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.recur4j.models.file.ModelFileException;

/** A progress as metadata of a checkpoint, and back, bit for bit. */
final class ProgressText {
  private static final String PREFIX = "recur4j.progress.";
  private static final String REPORT = PREFIX + "report.";
  private static final String BEST_WEIGHTS = PREFIX + "best weights";
  private static final int REPORT_FIELDS = 7;

  private ProgressText() {}

  static Map<String, String> write(Progress progress, boolean bestWeights) {
    Map<String, String> text = new TreeMap<>();
    text.put(PREFIX + "epoch", "" + progress.epoch);
    text.put(PREFIX + "batch", "" + progress.batch);
    text.put(PREFIX + "batches", "" + progress.batches);
    text.put(PREFIX + "passes", "" + progress.passes);
    text.put(PREFIX + "updates", "" + progress.updates);
    text.put(PREFIX + "loss sum", "" + progress.lossSum);
    text.put(PREFIX + "loss count", "" + progress.lossCount);
    text.put(PREFIX + "failures", "" + progress.failures);
    text.put(PREFIX + "best value", "" + progress.bestValue);
    text.put(PREFIX + "waited", "" + progress.waited);
    text.put(PREFIX + "seconds", "" + progress.seconds());
    text.put(PREFIX + "end", progress.end == null ? "" : progress.end.name());
    text.put(PREFIX + "reports", "" + progress.reports.size());
    text.put(BEST_WEIGHTS, "" + bestWeights);
    for (EpochReport report : progress.reports) {
      text.put(REPORT + report.epoch(), write(report));
    }
    return text;
  }

  private static String write(EpochReport report) {
    Evaluation judged = report.validation();
    return String.join(
        " ",
        "" + report.loss(),
        judged == null ? "-" : "" + judged.loss(),
        judged == null ? "-" : "" + judged.accuracy(),
        judged == null ? "-" : "" + judged.answers(),
        "" + report.best(),
        "" + report.seconds(),
        "" + report.epochs());
  }

  static boolean hasBestWeights(Map<String, String> text) {
    return Boolean.parseBoolean(text.get(BEST_WEIGHTS));
  }

  static Progress read(Path file, Map<String, String> text) {
    try {
      Progress progress = new Progress();
      progress.epoch = Integer.parseInt(get(text, "epoch"));
      progress.batch = Integer.parseInt(get(text, "batch"));
      progress.batches = Long.parseLong(get(text, "batches"));
      progress.passes = Long.parseLong(get(text, "passes"));
      progress.updates = Long.parseLong(get(text, "updates"));
      progress.lossSum = Double.parseDouble(get(text, "loss sum"));
      progress.lossCount = Integer.parseInt(get(text, "loss count"));
      progress.failures = Integer.parseInt(get(text, "failures"));
      progress.bestValue = Double.parseDouble(get(text, "best value"));
      progress.waited = Integer.parseInt(get(text, "waited"));
      progress.secondsBefore = Double.parseDouble(get(text, "seconds"));
      String end = get(text, "end");
      progress.end = end.isEmpty() ? null : TrainingResult.End.valueOf(end);
      progress.reports.addAll(reports(text));
      return progress;
    } catch (IllegalArgumentException e) {
      throw ModelFileException.unreadable(
          file,
          "a progress that cannot be understood (" + e.getMessage() + ")",
          "what a trainer of this version wrote",
          "Train with the version that wrote the checkpoint, or begin anew with another file.",
          e);
    }
  }

  private static List<EpochReport> reports(Map<String, String> text) {
    List<EpochReport> reports = new ArrayList<>();
    int count = Integer.parseInt(get(text, "reports"));
    for (int epoch = 1; epoch <= count; epoch++) {
      String[] fields = get(text, "report." + epoch).split(" ", -1);
      if (fields.length != REPORT_FIELDS) {
        throw new IllegalArgumentException(
            fields.length + " fields in the report of epoch " + epoch);
      }
      Evaluation judged =
          fields[1].equals("-")
              ? null
              : new Evaluation(
                  Double.parseDouble(fields[1]),
                  Double.parseDouble(fields[2]),
                  Long.parseLong(fields[3]));
      reports.add(
          new EpochReport(
              epoch,
              Integer.parseInt(fields[6]),
              Double.parseDouble(fields[0]),
              judged,
              Boolean.parseBoolean(fields[4]),
              Double.parseDouble(fields[5])));
    }
    return reports;
  }

  private static String get(Map<String, String> text, String key) {
    String value = text.get(PREFIX + key);
    if (value == null) {
      throw new IllegalArgumentException("no '" + key + "'");
    }
    return value;
  }
}
