package org.recur4j.examples.task;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.recur4j.models.training.TrainingResult;

/**
 * What a training ended with.
 *
 * @param model closed with this
 * @param result the figures
 */
public record TaskTraining(TaskModel model, TaskResult result) implements AutoCloseable {
  /** Refuses null. */
  public TaskTraining {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(result, "result");
  }

  /**
   * Trains a model and, unless it was stopped, measures it. The model is closed where either fails.
   *
   * @param model with fresh weights; closed with the result
   * @param training trains it
   * @param scores measures it on the test part
   * @return model and figures
   */
  public static TaskTraining of(
      TaskModel model, Supplier<TrainingResult> training, Supplier<List<Score>> scores) {
    boolean done = false;
    try {
      TrainingResult trained = training.get();
      long ended = System.nanoTime();
      boolean interrupted = trained.end() == TrainingResult.End.INTERRUPTED;
      List<Score> measured = interrupted ? List.of() : scores.get();
      // Of a training that was stopped and gone on with, the time before counts as well.
      double seconds = trained.seconds() + (System.nanoTime() - ended) * 1e-9;
      done = true;
      return new TaskTraining(
          model, new TaskResult(measured, trained.epochs().size(), interrupted, seconds));
    } finally {
      if (!done) {
        model.close();
      }
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
