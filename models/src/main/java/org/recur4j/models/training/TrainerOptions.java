package org.recur4j.models.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.metric.Metric;
import org.recur4j.models.training.optimizer.Clipping;
import org.recur4j.models.training.optimizer.GradientTransform;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.schedule.Batching;
import org.recur4j.models.training.schedule.Criterion;
import org.recur4j.models.training.schedule.Interval;
import org.recur4j.models.training.schedule.LearningRateSchedule;
import org.recur4j.models.training.schedule.Selection;
import org.recur4j.models.training.schedule.TrainingPlan;

/** The options of a {@link Trainer} that do not depend on its kind of example, with defaults. */
final class TrainerOptions {
  private static final int DEFAULT_BATCH_SIZE = 32;

  Optimizer optimizer = Optimizer.adam(1e-3);
  LearningRateSchedule schedule = LearningRateSchedule.constant();
  int epochs = 10;
  int batchSize = DEFAULT_BATCH_SIZE;
  int evaluationBatchSize;
  int windowBatches = 1;
  int accumulated = 1;
  int chunk;
  Clipping clipping = Clipping.none();
  GradientTransform gradients = (ops, each) -> {};
  double validationFraction;
  Criterion criterion = Criterion.loss();
  int patience;
  boolean keepBest;
  long seed;

  /** Null without checkpoints. */
  Path file;

  Interval interval;
  final Set<String> despite = new LinkedHashSet<>();
  final List<TrainingListener> listeners = new ArrayList<>();
  final Map<String, Metric> metrics = new LinkedHashMap<>();

  /** Adds metrics, which replace those of the same name. */
  void add(Metric... values) {
    for (Metric metric : values) {
      metrics.put(
          InvalidArgumentException.requireGiven(metric, "trainer", "metric").name(), metric);
    }
  }

  TrainingPlan plan() {
    int evaluated = evaluationBatchSize == 0 ? batchSize : evaluationBatchSize;
    return new TrainingPlan(
        optimizer,
        schedule,
        epochs,
        new Batching(batchSize, windowBatches, accumulated, chunk, evaluated),
        clipping,
        validationFraction,
        new Selection(criterion, patience, keepBest),
        seed);
  }

  Optional<Checkpoints.Options> checkpointing() {
    return Optional.ofNullable(file)
        .map(path -> new Checkpoints.Options(path, interval, Set.copyOf(despite)));
  }
}
