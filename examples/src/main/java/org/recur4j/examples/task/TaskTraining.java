package org.recur4j.examples.task;

import java.util.Objects;

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

  @Override
  public void close() {
    model.close();
  }
}
