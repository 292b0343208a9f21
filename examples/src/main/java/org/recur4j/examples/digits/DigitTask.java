package org.recur4j.examples.digits;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.examples.task.CellChoice;
import org.recur4j.examples.task.InputForm;
import org.recur4j.examples.task.NetworkTraining;
import org.recur4j.examples.task.Reference;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.examples.task.TaskTraining;
import org.recur4j.examples.task.TestPart;
import org.recur4j.examples.task.TestableTask;
import org.recur4j.examples.task.Variant;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.ManyToOneBuilder;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.network.OneToOneBuilder;
import org.recur4j.models.training.Trainer;

/**
 * Which digit is it? Once as one-to-one, all 64 pixels at a glance, once as many-to-one, row by row
 * from top to bottom. An image this small is no sequence, and the figures say so: they show what
 * recurrence costs and saves where time is not needed.
 */
public final class DigitTask implements TestableTask {
  /** The name on the command line. */
  public static final String NAME = "digits";

  private static final int SEEDS = 5;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Tell handwritten digits apart: the image at a glance (cell none), or row by row.";
  }

  @Override
  public String data() {
    return "1,797 images of 8×8 pixels (UCI, test part);"
        + " test: images whose line in the file has a SHA-256 that begins with a byte below 64.";
  }

  @Override
  public InputForm input() {
    return new InputForm(
        "IMAGE", "The number of a bundled image, or 64 pixels from 0 to 16 separated by commas.");
  }

  @Override
  public List<Variant> variants() {
    List<Variant> variants =
        new ArrayList<>(Variant.cells(Direction.FORWARD, Direction.BIDIRECTIONAL));
    variants.add(new Variant(CellChoice.NONE, Direction.FORWARD));
    return List.copyOf(variants);
  }

  @Override
  public TaskSettings defaults(Variant variant, boolean quick) {
    return TaskSettings.of(variant, quick ? 2 : 25, quick ? 8 : 64, 32, 0.004, quick);
  }

  @Override
  public int seeds() {
    return SEEDS;
  }

  @Override
  public TaskTraining train(Backend backend, TaskSettings settings, TaskProgress progress) {
    DigitData data = DigitData.load();
    DigitModel model = new DigitModel(network(backend, settings));
    progress.describe(
        String.format(
            Locale.ROOT,
            "%d images for training, %d for validation, %d for test%n%s",
            data.training().size(),
            data.validation().size(),
            data.test().size(),
            model.network().summary()));
    return TaskTraining.of(
        model,
        () ->
            NetworkTraining.run(
                model.network(),
                settings,
                progress,
                examples(model, data.training()),
                examples(model, data.validation())),
        () -> scores(model, data));
  }

  @Override
  public List<Score> measure(TaskModel model, TaskSettings settings) {
    return scores((DigitModel) model, DigitData.load());
  }

  @Override
  public TestPart test(TaskModel model, TaskSettings settings) {
    DigitModel own = (DigitModel) model;
    return TestPart.of(own.network(), examples(own, DigitData.load().test()));
  }

  @Override
  public TaskModel open(Backend backend, Path file) {
    return DigitModel.open(backend, file);
  }

  private static Network network(Backend backend, TaskSettings settings) {
    Variant variant = settings.variant();
    if (variant.cell() == CellChoice.NONE) {
      OneToOneBuilder builder =
          Networks.oneToOne().seed(settings.seed()).features(DigitImage.SIDE * DigitImage.SIDE);
      for (int layer = 0; layer < settings.layers(); layer++) {
        builder.dense(settings.hidden(), Activation.RELU);
      }
      return builder.classes(DigitImage.DIGITS).build(backend);
    }
    ManyToOneBuilder builder = Networks.manyToOne().seed(settings.seed()).features(DigitImage.SIDE);
    for (int layer = 0; layer < settings.layers(); layer++) {
      builder.recurrent(variant.cell().layer(settings.hidden()).direction(variant.direction()));
    }
    return builder.classes(DigitImage.DIGITS).build(backend);
  }

  private static List<Example> examples(DigitModel model, List<DigitImage> images) {
    return images.stream()
        .map(image -> Example.classified(model.steps(image), image.digit()))
        .toList();
  }

  private static List<Score> scores(DigitModel model, DigitData data) {
    double accuracy = Trainer.evaluate(model.network(), examples(model, data.test())).accuracy();
    return List.of(
        Score.share(
            "images right",
            accuracy,
            List.of(
                Reference.of("nearest image", Neighbors.nearestImage(data.training(), data.test())),
                Reference.of("nearest mean", Neighbors.nearestMean(data.training(), data.test()))),
            List.of()),
        new Score(
            "weights",
            model.network().parameterCount(),
            Score.Unit.COUNT,
            Score.Better.LOWER,
            List.of(),
            List.of()));
  }
}
