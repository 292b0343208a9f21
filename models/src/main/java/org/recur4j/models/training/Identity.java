package org.recur4j.models.training;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * What must be equal before a training may go on from a checkpoint, so that it ends with the same
 * bits as if it had never been interrupted.
 *
 * @param facts what is compared, and this training's values; in the order of comparison
 */
record Identity(Map<String, String> facts) {
  private static final String PREFIX = "recur4j.training.";
  private static final int SHOWN = 60;
  private static final Pattern LAMBDA = Pattern.compile("[\\w.$]+\\$\\$Lambda[^\\s,\\]]*");

  static Identity of(Trainable<?> trainable, TrainingPlan plan, int[] lengths, int judges) {
    BackendInfo backend = trainable.backend().info();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", trainable.description());
    facts.put("data type", "" + trainable.dataType());
    facts.put("backend", backend.name() + " " + backend.version());
    // SIMD and plain path may differ in the last bit; the number of threads changes none.
    facts.put("engine", backend.engine());
    facts.put("examples to learn from", "" + lengths.length);
    facts.put("examples to judge by", "" + judges);
    facts.put("optimiser", describe(plan.optimiser()));
    facts.put("schedule", describe(plan.schedule()));
    facts.put("epochs", "" + plan.epochs());
    facts.put("batching", describe(plan.batching()));
    facts.put("clipping", describe(plan.clipping()));
    facts.put("validation fraction", "" + plan.validationFraction());
    facts.put("criterion", plan.selection().criterion().name());
    facts.put("patience", "" + plan.selection().patience());
    facts.put("keep best", "" + plan.selection().keepBest());
    facts.put("seed", "" + plan.seed());
    // Last, because another split changes them, too.
    facts.put("lengths of the examples", Integer.toHexString(Arrays.hashCode(lengths)));
    return new Identity(facts);
  }

  /** Records say what they are; the text of anything else differs from run to run. */
  private static String describe(Object part) {
    return part instanceof Record
        ? LAMBDA.matcher(part.toString()).replaceAll("of the caller's own")
        : "of the caller's own";
  }

  void write(Map<String, String> metadata) {
    facts.forEach((name, value) -> metadata.put(PREFIX + name, value));
  }

  void check(Path file, Map<String, String> metadata) {
    facts.forEach(
        (name, value) -> {
          String before = metadata.get(PREFIX + name);
          if (!value.equals(before)) {
            throw new InvalidArgumentException(
                "resuming training from " + file,
                name + " " + difference(value, before),
                before == null ? "a checkpoint of a trainer" : difference(before, value),
                "Train as the checkpoint was begun; or remove it, or name another file, to begin anew");
          }
        });
  }

  /** The part of a long text where it differs from the other one. */
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
