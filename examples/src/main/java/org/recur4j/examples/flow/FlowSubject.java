package org.recur4j.examples.flow;

import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.examples.task.TaskTraining;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.data.Example;
import org.recur4j.models.training.loss.Loss;
import org.recur4j.models.training.model.TrainableNetwork;
import org.recur4j.models.training.report.TrainingStart;

/**
 * What is watched: the network that a task builds, its loss, and what it learns from.
 *
 * @param task its name
 * @param architecture as the task builds it
 * @param loss as the task trains it
 * @param examples its training part, at least one
 */
public record FlowSubject(
    String task, Architecture architecture, Loss loss, List<Example> examples) {
  /** Copies the list; refuses an empty one. */
  public FlowSubject {
    examples = List.copyOf(examples);
    if (examples.isEmpty()) {
      throw new InvalidArgumentException(
          "gradient-flow " + task, "no examples", "at least one", "Choose another task");
    }
  }

  /**
   * Takes them from a task: begins its training and stops before the first batch.
   *
   * @param task any task of one recurrent network
   * @param settings cell, sizes, seed
   * @param backend where the task builds its network
   * @return the subject
   * @throws InvalidArgumentException if the task trains another kind of model
   */
  public static FlowSubject of(Task task, TaskSettings settings, Backend backend) {
    Capture capture = new Capture(task.name());
    try (TaskTraining stopped = task.train(backend, settings, capture)) {
      if (!stopped.isInterrupted() || capture.subject == null) {
        throw refusal(task.name(), "a task that did not stop when asked to");
      }
    }
    return capture.subject;
  }

  private static InvalidArgumentException refusal(String task, String got) {
    return new InvalidArgumentException(
        "gradient-flow " + task,
        got,
        "a task that trains one recurrent network on examples",
        "Choose another, see 'recur4j tasks'");
  }

  private static final class Capture implements TaskProgress {
    private final String task;
    private FlowSubject subject;

    Capture(String task) {
      this.task = task;
    }

    @Override
    public void onBegin(TrainingStart start) {
      if (!(start.trainable() instanceof TrainableNetwork trained)) {
        throw refusal(task, "a task that trains an encoder–decoder");
      }
      subject =
          new FlowSubject(
              task,
              trained.network().architecture(),
              trained.loss(),
              start.examples().stream().map(Example.class::cast).toList());
    }

    @Override
    public boolean stopRequested() {
      return true;
    }
  }
}
