package org.recur4j.models.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.internal.json.Excerpt;
import org.recur4j.models.internal.json.JsonNumber;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.Evaluation;
import org.recur4j.models.training.report.TrainingResult;

/** Converts the progress of training to the metadata of a checkpoint and back without loss. */
final class ProgressJson {
  private static final String PREFIX = "recur4j.progress.";
  private static final String REPORT = PREFIX + "report.";
  private static final String BEST_WEIGHTS = PREFIX + "best weights";
  private static final int REPORT_FIELDS = 7;

  /** Limit of the counters; exceeds any real training and leaves room to count on. */
  private static final long MOST = 1L << 53;

  /** Limit of the counter that dropout uses for its random numbers. */
  private static final long MOST_PASSES = (1L << 32) - 1;

  /** Separates the key of an epoch from the name of a metric. */
  private static final String METRIC = ".metric.";

  private ProgressJson() {}

  static Map<String, String> write(TrainingProgress progress, boolean bestWeights) {
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
      if (report.validation() != null) {
        report
            .validation()
            .metrics()
            .forEach(
                (name, value) -> text.put(REPORT + report.epoch() + METRIC + name, "" + value));
      }
    }
    return text;
  }

  private static String write(EpochReport report) {
    Evaluation validation = report.validation();
    return String.join(
        " ",
        "" + report.loss(),
        validation == null ? "-" : "" + validation.loss(),
        validation == null ? "-" : "" + validation.accuracy(),
        validation == null ? "-" : "" + validation.answers(),
        "" + report.best(),
        "" + report.seconds(),
        "" + report.epochs());
  }

  static boolean hasBestWeights(Map<String, String> text) {
    return "true".equals(text.get(BEST_WEIGHTS));
  }

  static TrainingProgress read(Path file, Map<String, String> text) {
    try {
      Fields fields = new Fields(text);
      TrainingProgress progress = progress(fields);
      fields.end();
      check(progress);
      return progress;
    } catch (RecurException e) {
      throw ModelFileException.unreadable(
          file,
          "training progress that cannot be read (" + e.getMessage() + ")",
          "progress written by a trainer of this version",
          "Train with the version that wrote the checkpoint, or start over with another file.",
          e);
    }
  }

  private static TrainingProgress progress(Fields fields) {
    TrainingProgress progress = new TrainingProgress();
    progress.epoch = fields.count("epoch", 1);
    progress.batch = fields.count("batch", 0);
    progress.batches = fields.whole("batches");
    progress.passes = fields.numeral("passes").whole("passes", 0, MOST_PASSES);
    progress.updates = fields.whole("updates");
    progress.lossSum = fields.numeral("loss sum").finite("loss sum");
    progress.lossCount = fields.count("loss count", 0);
    progress.failures = fields.count("failures", 0);
    progress.bestValue = fields.numeral("best value").any("best value");
    progress.waited = fields.count("waited", 0);
    progress.secondsBefore = fields.numeral("seconds").finite("seconds");
    String end = fields.take("end");
    progress.end = end.isEmpty() ? null : fields.end(end);
    fields.flag("best weights", fields.take("best weights"));
    int count = fields.count("reports", 0);
    for (int epoch = 1; epoch <= count; epoch++) {
      progress.reports.add(report(fields, epoch));
    }
    return progress;
  }

  private static EpochReport report(Fields fields, int epoch) {
    String what = "report." + epoch;
    String[] parts = fields.take(what).split(" ", REPORT_FIELDS + 1);
    if (parts.length != REPORT_FIELDS) {
      throw new RecurException("'" + what + "' does not have " + REPORT_FIELDS + " fields");
    }
    Evaluation validation =
        parts[1].equals("-")
            ? null
            : new Evaluation(
                new JsonNumber(parts[1]).any(what),
                new JsonNumber(parts[2]).any(what),
                new JsonNumber(parts[3]).whole(what, 0, MOST),
                fields.metrics(what));
    return new EpochReport(
        epoch,
        new JsonNumber(parts[6]).count(what, epoch),
        new JsonNumber(parts[0]).any(what),
        validation,
        fields.flag(what, parts[4]),
        new JsonNumber(parts[5]).finite(what));
  }

  /** Checks the invariants of a progress. */
  private static void check(TrainingProgress progress) {
    int finished = progress.reports.size();
    int expected = progress.end == null ? progress.epoch - 1 : progress.epoch;
    check(finished == expected, "'reports' is " + finished, expected);
    long before = progress.batches - progress.batch;
    int epochs = progress.epoch - 1;
    // Epochs may differ in their number of batches, because the caller may allow added examples.
    check(
        epochs == 0 ? before == 0 : before >= epochs,
        "'batches' is " + progress.batches,
        progress.batch + " and those of " + epochs + " epochs before");
    check(
        progress.batches <= progress.passes,
        "'batches' is " + progress.batches,
        "at most " + progress.passes + ", the passes");
    check(
        progress.updates <= progress.passes,
        "'updates' is " + progress.updates,
        "at most " + progress.passes + ", the passes");
    check(
        progress.lossCount <= progress.batch,
        "'loss count' is " + progress.lossCount,
        "at most " + progress.batch + ", the epoch's batches");
    check(
        progress.failures < TrainingSession.MOST_FAILURES,
        "'failures' is " + progress.failures,
        "at most " + (TrainingSession.MOST_FAILURES - 1));
    check(!Double.isNaN(progress.bestValue), "'best value' is NaN", "a number");
    check(
        progress.waited <= finished,
        "'waited' is " + progress.waited,
        "at most " + finished + ", the epochs so far");
    check(progress.secondsBefore >= 0, "'seconds' is " + progress.secondsBefore, "at least 0");
    for (EpochReport report : progress.reports) {
      String what = "'report." + report.epoch() + "' ";
      check(report.seconds() >= 0, what + "took " + report.seconds() + " s", "at least 0");
    }
  }

  private static void check(boolean right, String got, Object expected) {
    if (!right) {
      throw new RecurException(got + ", expected " + expected);
    }
  }

  /** The entries of a progress; each is taken once, and none may remain. */
  private static final class Fields {
    private final Map<String, String> left = new TreeMap<>();

    Fields(Map<String, String> text) {
      text.forEach(
          (key, value) -> {
            if (key.startsWith(PREFIX)) {
              left.put(key.substring(PREFIX.length()), value);
            }
          });
    }

    String take(String key) {
      String value = left.remove(key);
      if (value == null) {
        throw new RecurException("no '" + key + "'");
      }
      return value;
    }

    JsonNumber numeral(String key) {
      return new JsonNumber(take(key));
    }

    Map<String, Double> metrics(String report) {
      Map<String, Double> metrics = new TreeMap<>();
      String beginning = report + METRIC;
      for (String key : List.copyOf(left.keySet())) {
        if (key.startsWith(beginning)) {
          metrics.put(key.substring(beginning.length()), numeral(key).any(key));
        }
      }
      return metrics;
    }

    int count(String key, int least) {
      return numeral(key).count(key, least);
    }

    long whole(String key) {
      return numeral(key).whole(key, 0, MOST);
    }

    boolean flag(String key, String value) {
      if (!value.equals("true") && !value.equals("false")) {
        throw new RecurException("'" + key + "' has " + Excerpt.of(value) + " for true or false");
      }
      return value.equals("true");
    }

    TrainingResult.End end(String name) {
      // Interrupted training has not ended; it resumes from its checkpoint.
      for (TrainingResult.End end :
          List.of(TrainingResult.End.COMPLETED, TrainingResult.End.STOPPED_EARLY)) {
        if (end.name().equals(name)) {
          return end;
        }
      }
      throw new RecurException("'end' is " + Excerpt.of(name));
    }

    void end() {
      if (!left.isEmpty()) {
        throw new RecurException("unknown '" + Excerpt.of(left.keySet().iterator().next()) + "'");
      }
    }
  }
}
