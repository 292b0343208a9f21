package org.recur4j.examples.task;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.recur4j.models.training.report.TrainingResult;

/**
 * A training that has ended, its model not measured yet: whoever wants to keep the model saves it
 * first, because measuring takes time and may fail.
 */
public final class TaskTraining implements AutoCloseable {
  private final TaskModel model;
  private final TrainingResult trained;
  private final Supplier<List<Score>> scores;

  private TaskTraining(TaskModel model, TrainingResult trained, Supplier<List<Score>> scores) {
    this.model = Objects.requireNonNull(model, "model");
    this.trained = Objects.requireNonNull(trained, "trained");
    this.scores = Objects.requireNonNull(scores, "scores");
  }

  /**
   * Trains a model, and closes it where that fails.
   *
   * @param model with fresh weights; closed with the result
   * @param training trains it
   * @param scores measures it on the test part
   * @return the training
   */
  public static TaskTraining of(
      TaskModel model, Supplier<TrainingResult> training, Supplier<List<Score>> scores) {
    boolean done = false;
    try {
      TaskTraining result = new TaskTraining(model, training.get(), scores);
      done = true;
      return result;
    } finally {
      if (!done) {
        model.close();
      }
    }
  }

  /**
   * What was trained.
   *
   * @return the model; closed with this
   */
  public TaskModel model() {
    return model;
  }

  /**
   * Whether somebody asked to stop before the end.
   *
   * @return true if so
   */
  public boolean isInterrupted() {
    return trained.end() == TrainingResult.End.INTERRUPTED;
  }

  /**
   * How far it came.
   *
   * @return finished epochs, those before a checkpoint included
   */
  public int epochs() {
    return trained.epochs().size();
  }

  /**
   * Measures the model on the test part, unless the training was interrupted.
   *
   * @return the figures
   */
  public TaskResult measure() {
    long begin = System.nanoTime();
    List<Score> measured = isInterrupted() ? List.of() : scores.get();
    // Of a training that was stopped and gone on with, the time before counts as well.
    double seconds = trained.seconds() + (System.nanoTime() - begin) * 1e-9;
    return new TaskResult(measured, epochs(), isInterrupted(), seconds);
  }

  @Override
  public void close() {
    model.close();
  }
}
