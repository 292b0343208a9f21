package org.recur4j.examples.births;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.examples.task.InputForm;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.examples.task.TaskTraining;
import org.recur4j.examples.task.TestPart;
import org.recur4j.examples.task.TestableTask;
import org.recur4j.examples.task.Variant;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.ManyToManyBuilder;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.schedule.LearningRateSchedule;

/**
 * How many will be born on each of the next 28 days: one network reads eight weeks and goes on
 * through the days ahead, of which it is given the calendar alone.
 */
public final class BirthsTask implements TestableTask {
  /** The name on the command line. */
  public static final String NAME = "births";

  private static final double MAXIMUM_NORM = 1;
  private static final int QUICK_STEP = 40;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Forecast the births of the next 28 days, with quantiles, from those so far.";
  }

  @Override
  public String data() {
    return "Births in the United States per day, 1969 to 1988; validation: 1985 and 1986, test:"
        + " 1987 and 1988. Known in advance: day of the week, day of the year.";
  }

  @Override
  public InputForm input() {
    return new InputForm("DATE", "The last known day, such as 1988-06-30.");
  }

  @Override
  public List<Variant> variants() {
    return Variant.cells(Direction.FORWARD);
  }

  @Override
  public TaskSettings defaults(Variant variant, boolean quick) {
    return TaskSettings.of(variant, quick ? 2 : 12, quick ? 16 : 64, 64, 0.003, quick);
  }

  @Override
  public TaskTraining train(Backend backend, TaskSettings settings, TaskProgress progress) {
    BirthsSplit split = new BirthsSplit(DailyBirths.load());
    int[] training = some(settings, split.trainingOrigins());
    int[] validation = some(settings, split.validationOrigins());
    int[] test = some(settings, split.testOrigins());
    BirthsModel model = new BirthsModel(network(backend, settings), split.births());
    progress.describe(
        String.format(
            Locale.ROOT,
            "%,d windows of %d days for training, %d for validation, %d for test%n%s",
            training.length,
            ForecastWindow.step(ForecastWindow.HORIZON) + 1,
            validation.length,
            test.length,
            model.network().summary()));
    return TaskTraining.of(
        model,
        () -> fit(model, settings, progress, training, validation),
        () -> scores(model, split, test));
  }

  private static List<Score> scores(BirthsModel model, BirthsSplit split, int[] test) {
    return new BirthsScores(model.window(), test, split.history()).of(model.forecast(test));
  }

  @Override
  public List<Score> measure(TaskModel model, TaskSettings settings) {
    BirthsSplit split = new BirthsSplit(DailyBirths.load());
    return scores((BirthsModel) model, split, some(settings, split.testOrigins()));
  }

  @Override
  public TestPart test(TaskModel model, TaskSettings settings) {
    BirthsModel own = (BirthsModel) model;
    int[] origins = some(settings, new BirthsSplit(DailyBirths.load()).testOrigins());
    return new TestPart(own.network(), examples(own.window(), origins), BirthsModel.LOSS);
  }

  private static int[] some(TaskSettings settings, int[] origins) {
    int step = settings.quick() ? QUICK_STEP : 1;
    return IntStream.range(0, (origins.length + step - 1) / step)
        .map(i -> origins[i * step])
        .toArray();
  }

  private static Network network(Backend backend, TaskSettings settings) {
    ManyToManyBuilder builder =
        Networks.manyToMany().seed(settings.seed()).features(ForecastWindow.FEATURES);
    for (int layer = 0; layer < settings.layers(); layer++) {
      builder.recurrent(settings.variant().cell().layer(settings.hidden()));
    }
    return builder.values(BirthsModel.LEVELS).build(backend);
  }

  private static TrainingResult fit(
      BirthsModel model,
      TaskSettings settings,
      TaskProgress progress,
      int[] training,
      int[] validation) {
    return progress
        .follow(
            Trainer.of(model.network(), BirthsModel.LOSS)
                .optimizer(Optimizer.adam(settings.learningRate()))
                .schedule(LearningRateSchedule.cosine())
                .epochs(settings.epochs())
                .batchSize(settings.batch())
                .maximumNorm(MAXIMUM_NORM)
                .validation(examples(model.window(), validation))
                .seed(settings.seed()))
        .train(examples(model.window(), training));
  }

  private static List<Example> examples(ForecastWindow window, int[] origins) {
    return Arrays.stream(origins).mapToObj(window::example).toList();
  }

  @Override
  public TaskModel open(Backend backend, Path file) {
    return BirthsModel.open(backend, file);
  }
}
