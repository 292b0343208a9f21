package org.recur4j.examples.memory;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.examples.task.InputForm;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.examples.task.TaskOption;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.examples.task.TaskTraining;
import org.recur4j.examples.task.TestPart;
import org.recur4j.examples.task.TestableTask;
import org.recur4j.examples.task.Variant;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.HashSplit;
import org.recur4j.models.network.Network;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.TrainingResult;

/**
 * A problem that shows how far back a cell remembers, at a length where a vanilla network fails and
 * gated ones do not.
 *
 * @param problem at its own length
 * @param learningRate at which validation sees every gated cell solve it
 */
public record MemoryTask(MemoryProblem problem, double learningRate) implements TestableTask {
  private static final String LENGTH = "length";
  private static final int QUICK_LENGTH = 20;
  private static final int TRAINING = 5000;
  private static final double MAXIMUM_NORM = 1;
  private static final int JUDGING = 1000;
  private static final int QUICK_TRAINING = 200;
  private static final int QUICK_JUDGING = 100;

  /**
   * All of them.
   *
   * @return adding, copy, temporal order
   */
  public static List<Task> all() {
    return List.of(
        new MemoryTask(new AddingProblem(100), 0.003),
        new MemoryTask(new CopyProblem(30), 0.005),
        new MemoryTask(new TemporalOrderProblem(100), 0.003));
  }

  @Override
  public String name() {
    return problem.name();
  }

  @Override
  public String description() {
    return problem.description();
  }

  @Override
  public String data() {
    return String.format(
        Locale.ROOT,
        "%,d sequences of %d steps drawn from the seed; test: %,d others. The learning rate's"
            + " course was changed once after a look at a test figure of the adding problem.",
        TRAINING,
        problem.length(),
        JUDGING);
  }

  @Override
  public InputForm input() {
    return problem.input();
  }

  @Override
  public List<Variant> variants() {
    return Variant.cells(Direction.FORWARD);
  }

  @Override
  public TaskSettings defaults(Variant variant, boolean quick) {
    return TaskSettings.of(variant, quick ? 2 : 15, quick ? 16 : 64, 32, learningRate, quick);
  }

  @Override
  public List<TaskOption> options() {
    return List.of(
        new TaskOption(
            LENGTH,
            "STEPS",
            "",
            String.format(
                Locale.ROOT,
                "Steps of a sequence; %d without it, %d with --quick.",
                problem.length(),
                QUICK_LENGTH)));
  }

  @Override
  public TaskTraining train(Backend backend, TaskSettings settings, TaskProgress progress) {
    MemoryProblem chosen = problem.withLength(length(settings));
    int count = settings.quick() ? QUICK_TRAINING : TRAINING;
    int judging = settings.quick() ? QUICK_JUDGING : JUDGING;
    List<Example> training = chosen.examples(settings.seed(), HashSplit.Part.TRAINING, count);
    List<Example> validation = chosen.examples(settings.seed(), HashSplit.Part.VALIDATION, judging);
    MemoryModel model = new MemoryModel(chosen.network(backend, settings), chosen);
    progress.describe(
        String.format(
            Locale.ROOT,
            "%,d sequences of %d steps for training, %,d each for validation and test%n%s",
            count,
            chosen.length(),
            judging,
            model.network().summary()));
    return TaskTraining.of(
        model,
        () -> learn(model.network(), settings, progress, training, validation),
        () -> measure(model, settings));
  }

  @Override
  public List<Score> measure(TaskModel model, TaskSettings settings) {
    MemoryModel own = (MemoryModel) model;
    return List.of(own.problem().score(own.network(), test(own, settings)));
  }

  @Override
  public TestPart test(TaskModel model, TaskSettings settings) {
    MemoryModel own = (MemoryModel) model;
    return TestPart.of(own.network(), test(own, settings));
  }

  /** Of the length that the model was trained on, whatever the settings say. */
  private static List<Example> test(MemoryModel model, TaskSettings settings) {
    int count = settings.quick() ? QUICK_JUDGING : JUDGING;
    return model.problem().examples(settings.seed(), HashSplit.Part.TEST, count);
  }

  /**
   * A network that has to carry something over a hundred steps learns nothing for a while and then
   * all at once: so the rate does not fall, gradients are clipped at a small norm, and the epoch
   * that validation likes best is kept.
   */
  private static TrainingResult learn(
      Network network,
      TaskSettings settings,
      TaskProgress progress,
      List<Example> training,
      List<Example> validation) {
    return progress
        .follow(
            Trainer.of(network)
                .optimizer(Optimizer.adam(settings.learningRate()))
                .epochs(settings.epochs())
                .batchSize(settings.batch())
                .maximumNorm(MAXIMUM_NORM)
                .validation(validation)
                .keepBest()
                .seed(settings.seed()))
        .train(training);
  }

  private int length(TaskSettings settings) {
    String text = settings.options().getOrDefault(LENGTH, "");
    if (text.isEmpty()) {
      return settings.quick() ? QUICK_LENGTH : problem.length();
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InvalidArgumentException(
          "Task " + name(), "--length " + text, "a number of steps", "Correct the option");
    }
  }

  @Override
  public TaskModel open(Backend backend, Path file) {
    return MemoryModel.open(backend, file, problem);
  }
}
