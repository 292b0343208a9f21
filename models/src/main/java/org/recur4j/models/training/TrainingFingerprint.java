package org.recur4j.models.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.schedule.TrainingPlan;

/**
 * The settings and data that must equal those of a checkpoint before training resumes from it, so
 * that it ends with the same weights, bit for bit, as without the interruption.
 *
 * @param facts the values of the settings by name, in the order of comparison
 * @param data the digests of the examples by the name of one example, compared after the facts
 */
record TrainingFingerprint(Map<String, String> facts, Map<String, ExampleFingerprint> data) {
  private static final String PREFIX = "recur4j.training.";
  private static final int SHOWN = 60;

  /** Former names of facts, which older checkpoints use. */
  private static final Map<String, String> FORMER =
      Map.of(
          "optimizer", "optimiser",
          "number of training examples", "examples to learn from",
          "number of validation examples", "examples to judge by");

  static <E> TrainingFingerprint of(
      Trainable<E> trainable, TrainingPlan plan, TrainingExamples<E> examples) {
    BackendInfo backend = trainable.backend().info();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", trainable.description());
    facts.put("data type", "" + trainable.dataType());
    facts.put("backend", backend.name() + " " + backend.version());
    // SIMD and scalar code may differ in the last bit; the number of threads makes no difference.
    facts.put("engine", backend.engine());
    facts.put("number of training examples", "" + examples.training().size());
    facts.put("number of validation examples", "" + examples.validation().size());
    facts.put("optimizer", plan.optimizer().description());
    facts.put("schedule", plan.schedule().description());
    facts.put("epochs", "" + plan.epochs());
    facts.put("batching", plan.batching().description());
    facts.put("clipping", plan.clipping().description());
    facts.put("validation fraction", "" + plan.validationFraction());
    facts.put("criterion", plan.selection().criterion().name());
    facts.put("patience", "" + plan.selection().patience());
    facts.put("keep best", "" + plan.selection().keepBest());
    facts.put("seed", "" + plan.seed());
    Map<String, ExampleFingerprint> data = new LinkedHashMap<>();
    data.put("example", ExampleFingerprint.of(trainable, examples.given()));
    data.put("validation example", ExampleFingerprint.of(trainable, examples.givenValidation()));
    return new TrainingFingerprint(facts, data);
  }

  void write(Map<String, String> metadata) {
    facts.forEach((name, value) -> metadata.put(PREFIX + name, value));
    data.forEach((name, value) -> metadata.put(PREFIX + name + "s", value.text()));
  }

  /**
   * Compares this fingerprint with that of a checkpoint.
   *
   * @param accepted the names of the facts and data that may differ
   */
  void check(Path file, Map<String, String> metadata, Set<String> accepted) {
    checkNames(accepted);
    facts.forEach(
        (name, value) -> {
          String before =
              metadata.getOrDefault(
                  PREFIX + name, metadata.get(PREFIX + FORMER.getOrDefault(name, name)));
          if (!value.equals(before) && !accepted.contains(name)) {
            throw refuse(
                file,
                name,
                name + " " + difference(value, before),
                before == null ? "a checkpoint of a trainer" : difference(before, value));
          }
        });
    data.forEach(
        (name, value) -> {
          String all = name + "s";
          String before = metadata.get(PREFIX + all);
          Optional<String> difference =
              before == null
                  ? Optional.of("a checkpoint that does not record its " + all)
                  : value.difference(before, name);
          if (difference.isPresent() && !accepted.contains(all)) {
            throw refuse(
                file,
                all,
                difference.get(),
                "the " + all + " that training was started with, in the same order");
          }
        });
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>(facts.keySet());
    data.keySet().forEach(name -> names.add(name + "s"));
    return names;
  }

  private void checkNames(Set<String> accepted) {
    Set<String> unknown = new TreeSet<>(accepted);
    unknown.removeAll(names());
    if (!unknown.isEmpty()) {
      throw new InvalidArgumentException(
          "resumeDespite",
          "'" + String.join("', '", unknown) + "'",
          "names among '" + String.join("', '", names()) + "'",
          "Take the name from the message that rejected the checkpoint");
    }
  }

  private static InvalidArgumentException refuse(
      Path file, String name, String got, String expected) {
    return new InvalidArgumentException(
        "resuming training from " + file,
        got,
        expected,
        "Train with the settings of the checkpoint; or call resumeDespite(\""
            + name
            + "\") to resume anyway, with other weights than without the interruption; or remove"
            + " the checkpoint, or choose another file, to start over");
  }

  /** Returns the part of a long text around its first difference from another text. */
  private static String difference(String text, String other) {
    if (other == null || text.length() <= SHOWN) {
      return text;
    }
    int same = 0;
    while (same < Math.min(text.length(), other.length())
        && text.charAt(same) == other.charAt(same)) {
      same++;
    }
    int from = Math.max(0, same - SHOWN / 2);
    int to = Math.min(text.length(), from + SHOWN);
    return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
  }
}
