package org.recur4j.models.training;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.models.training.model.ChunkedRun;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.model.TrainableRun;
import org.recur4j.models.training.schedule.Batching;
import org.recur4j.models.training.schedule.TrainingPlan;

/**
 * The update of the weights by a batch: as a whole, in parts whose gradients are accumulated, or
 * chunk by chunk along time.
 *
 * @param <E> the type of an example with its target
 */
sealed interface BatchUpdate<E> extends AutoCloseable {
  /** Trains on one batch and counts the forward passes in the progress. */
  WeightUpdate.Outcome learn(
      List<E> examples, WeightUpdate update, double rateFactor, TrainingProgress progress);

  @Override
  void close();

  static <E> BatchUpdate<E> open(Trainable<E> trainable, TrainingPlan plan) {
    Batching batching = plan.batching();
    return batching.chunk() == 0
        ? new Whole<>(trainable.open(Mode.TRAINING, plan.seed()), batching.size())
        : new Chunked<>(trainable.openChunked(batching.chunk(), plan.seed()));
  }

  /** Trains on whole sequences, with one step for all parts of a batch. */
  record Whole<E>(TrainableRun<E> run, int size) implements BatchUpdate<E> {
    @Override
    public WeightUpdate.Outcome learn(
        List<E> examples, WeightUpdate update, double rateFactor, TrainingProgress progress) {
      List<WeightUpdate.Forward> parts = new ArrayList<>();
      for (int from = 0; from < examples.size(); from += size) {
        List<E> part = examples.subList(from, Math.min(from + size, examples.size()));
        parts.add(ops -> run.forward(ops, part, progress.passes++));
      }
      return update.step(parts, rateFactor);
    }

    @Override
    public void close() {
      run.close();
    }
  }

  /**
   * Trains with one step for each chunk that has targets; the chunks share the learning rate of the
   * batch.
   */
  record Chunked<E>(ChunkedRun<E> run) implements BatchUpdate<E> {
    @Override
    public WeightUpdate.Outcome learn(
        List<E> examples, WeightUpdate update, double rateFactor, TrainingProgress progress) {
      int chunks = run.begin(examples);
      double loss = 0;
      double norm = 0;
      double weight = 0;
      boolean applied = true;
      String fault = "";
      for (int chunk = 0; chunk < chunks; chunk++) {
        WeightUpdate.Outcome outcome =
            update.step(List.of(ops -> run.forward(ops, progress.passes++)), rateFactor);
        if (outcome.weight() > 0) {
          loss += outcome.loss() * outcome.weight();
          weight += outcome.weight();
          norm = Math.max(norm, outcome.norm());
          applied &= outcome.applied();
          fault = fault.isEmpty() ? outcome.fault() : fault;
        }
      }
      return new WeightUpdate.Outcome(
          weight > 0 ? loss / weight : 0, norm, weight, applied && weight > 0, fault);
    }

    @Override
    public void close() {
      run.close();
    }
  }
}
