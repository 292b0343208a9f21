package org.recur4j.examples.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.recur4j.api.backend.Backend;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.examples.task.TaskTraining;
import org.recur4j.examples.task.TestPart;
import org.recur4j.examples.task.TestableTask;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.TrainingListener;

/**
 * A task as {@code recur4j train} trains it.
 *
 * @param task which
 * @param choice network, sizes, rates, seed
 * @param steps of a random example, at least 1
 */
public record TaskSubject(Task task, TaskSettings choice, int steps) implements Subject {
  @Override
  public String title() {
    return task.name() + ", " + choice.variant();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("seed", Long.toString(choice.seed()));
    map.put("hidden", Integer.toString(choice.hidden()));
    map.put("layers", Integer.toString(choice.layers()));
    map.put("batch", Integer.toString(choice.batch()));
    map.put("epochs", Integer.toString(choice.epochs()));
    map.put("learning rate", Double.toString(choice.learningRate()));
    map.put("data", choice.quick() ? "cut down (--quick)" : "all");
    choice.options().entrySet().stream()
        .filter(option -> !option.getValue().isEmpty())
        .forEach(option -> map.put(option.getKey(), option.getValue()));
    return map;
  }

  @Override
  public TaskSubject with(String size, int value) {
    Sizes.check(size, Sizes.ALL.contains(size), Sizes.ALL);
    return new TaskSubject(
        task,
        switch (size) {
          case Sizes.HIDDEN -> choice.withHidden(value);
          case Sizes.LAYERS -> choice.withLayers(value);
          default -> choice.withBatch(value);
        },
        steps);
  }

  @Override
  public Trained train(Backend backend, TrainingListener listener) {
    TaskTraining training = task.train(backend, choice, new Told(listener));
    boolean done = false;
    try {
      Optional<TestPart> test =
          task instanceof TestableTask testable
              ? Optional.of(testable.test(training.model(), choice))
              : Optional.empty();
      Trained trained =
          new Trained(training, training.model()::save, training.measure().scores(), test);
      done = true;
      return trained;
    } finally {
      if (!done) {
        training.close();
      }
    }
  }

  /** Passes everything on. */
  private record Told(TrainingListener listener) implements TaskProgress {
    @Override
    public void onResume(int epoch, int batch, List<EpochReport> finished) {
      listener.onResume(epoch, batch, finished);
    }

    @Override
    public void onBatch(BatchReport report) {
      listener.onBatch(report);
    }

    @Override
    public void onEpoch(EpochReport report) {
      listener.onEpoch(report);
    }

    @Override
    public boolean stopRequested() {
      return listener.stopRequested();
    }
  }
}
