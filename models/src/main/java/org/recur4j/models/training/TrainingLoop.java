package org.recur4j.models.training;

import java.util.List;
import org.recur4j.api.tensor.Scope;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.optimizer.GradientTransform;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.schedule.TrainingPlan;

/**
 * A training whose batches the caller brings one by one: from a stream, in an order of his own, or
 * with a watch in his hand. Weights, optimizer and workspaces are those of {@link Trainer#train},
 * and so are the bits where the batches are the same.
 *
 * <pre>{@code
 * try (TrainingLoop<Example> loop = Trainer.of(network).optimizer(Optimizer.adam(2e-3)).begin()) {
 *   for (List<Example> batch : stream) {
 *     BatchReport report = loop.step(batch);
 *   }
 * }
 * }</pre>
 *
 * @param <E> an example with its answer
 */
public final class TrainingLoop<E> implements AutoCloseable {
  private final Trainable<E> trainable;
  private final BatchUpdate<E> learning;
  private final Scope scope;
  private final WeightUpdate update;
  private final TrainingProgress progress;

  TrainingLoop(Trainable<E> trainable, TrainingPlan plan, GradientTransform gradients) {
    this.trainable = trainable;
    // First, because it may refuse the model.
    this.learning = BatchUpdate.open(trainable, plan);
    this.scope = trainable.backend().scope("training loop");
    this.update = new WeightUpdate(trainable, plan, gradients, scope);
    this.progress = TrainingProgress.fresh(plan.selection().criterion());
  }

  /**
   * Learns from one batch: forward, backward, clip, move the weights.
   *
   * @param examples at least one; more than the trainer's batch size are learned from in parts
   *     whose gradients are added up
   * @return what it came to; all batches count as one epoch without an end
   * @throws org.recur4j.api.error.InvalidArgumentException if an example does not fit the model; no
   *     weight has moved then
   */
  public BatchReport step(List<E> examples) {
    return step(examples, 1);
  }

  /**
   * Learns from one batch, the learning rate times a factor.
   *
   * @param examples as {@link #step(List)}
   * @param rateFactor at least 0
   * @return as {@link #step(List)}; {@code applied} is false where a number was not finite, and
   *     nothing has moved then
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
