package org.recur4j.models.training;

import java.util.List;
import org.recur4j.api.tensor.Scope;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.optimizer.GradientTransform;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.schedule.TrainingPlan;

/**
 * A training loop to which the caller passes the batches, for example from a stream or in a custom
 * order. The same batches give the same weights, bit for bit, as {@link Trainer#train}.
 *
 * <pre>{@code
 * try (TrainingLoop<Example> loop = Trainer.of(network).optimizer(Optimizer.adam(2e-3)).begin()) {
 *   for (List<Example> batch : stream) {
 *     BatchReport report = loop.step(batch);
 *   }
 * }
 * }</pre>
 *
 * @param <E> the type of an example with its target
 */
public final class TrainingLoop<E> implements AutoCloseable {
  private final Trainable<E> trainable;
  private final BatchUpdate<E> learning;
  private final Scope scope;
  private final WeightUpdate update;
  private final TrainingProgress progress;

  TrainingLoop(Trainable<E> trainable, TrainingPlan plan, GradientTransform gradients) {
    this.trainable = trainable;
    // First, because it may reject the model.
    this.learning = BatchUpdate.open(trainable, plan);
    this.scope = trainable.backend().scope("training loop");
    this.update = new WeightUpdate(trainable, plan, gradients, scope);
    this.progress = TrainingProgress.fresh(plan.selection().criterion());
  }

  /**
   * Trains on one batch: forward, backward, clipping and the update of the weights.
   *
   * @param examples at least one; more than the trainer's batch size are processed in parts whose
   *     gradients are accumulated
   * @return the report; all batches belong to a single epoch without an end
   * @throws org.recur4j.api.error.InvalidArgumentException if an example does not fit the model;
   *     the weights are unchanged
   */
  public BatchReport step(List<E> examples) {
    return step(examples, 1);
  }

  /**
   * Trains on one batch with the learning rate multiplied by a factor.
   *
   * @param examples as {@link #step(List)}
   * @param rateFactor at least 0
   * @return as {@link #step(List)}; if {@code applied} is false, for example because a number was
   *     not finite, the weights are unchanged
   */
  public BatchReport step(List<E> examples, double rateFactor) {
    TrainingExamples.weights(trainable, examples, "example ");
    WeightUpdate.Outcome outcome = learning.learn(examples, update, rateFactor, progress);
    progress.count(outcome);
    return new BatchReport(
        progress.epoch,
        progress.batch,
        progress.batch,
        outcome.loss(),
        outcome.norm(),
        outcome.applied(),
        outcome.fault());
  }

  @Override
  public void close() {
    learning.close();
    scope.close();
  }
}
