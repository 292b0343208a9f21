package org.recur4j.examples.chorales;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.examples.task.CellChoice;
import org.recur4j.examples.task.InputForm;
import org.recur4j.examples.task.Reference;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.examples.task.TaskOption;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.examples.task.TaskTraining;
import org.recur4j.examples.task.TestPart;
import org.recur4j.examples.task.TestableTask;
import org.recur4j.examples.task.Variant;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.ManyToManyBuilder;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.TrainingResult;

/**
 * Which notes sound next in a chorale of Bach's: after each step, 88 probabilities. As the
 * published figures do, steps 2 to T of each piece are predicted from those before; the first is
 * given.
 */
public final class ChoraleTask implements TestableTask {
  /** The name on the command line. */
  public static final String NAME = "chorales";

  private static final String DATA = "data";
  private static final double INPUT_DROPOUT = 0.2;
  private static final double OUTPUT_DROPOUT = 0.3;
  private static final double MAXIMUM_NORM = 1;
  private static final int PATIENCE = 10;
  private static final int QUICK_PIECES = 12;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Say which notes follow in Bach's chorales, step by step.";
  }

  @Override
  public String data() {
    return "Chorales as quarter notes in the division of Boulanger-Lewandowski et al. 2012:"
        + " 229 pieces, 76 for validation, 77 for test. Not included: --data FILE.";
  }

  @Override
  public InputForm input() {
    return new InputForm(
        "CHORDS", "MIDI notes in quotes, + within a chord: \"60+64+67+72 62+65+69+74\".");
  }

  @Override
  public List<Variant> variants() {
    return Variant.cells(Direction.FORWARD);
  }

  @Override
  public TaskSettings defaults(Variant variant, boolean quick) {
    double rate = variant.cell() == CellChoice.VANILLA ? 0.001 : 0.003;
    return TaskSettings.of(variant, quick ? 2 : 150, quick ? 16 : 100, 8, rate, quick);
  }

  @Override
  public List<TaskOption> options() {
    return List.of(
        new TaskOption(
            DATA,
            "FILE",
            "",
            "The chorales, required: jsb-chorales-quarter.json of"
                + " github.com/czhuang/JSB-Chorales-dataset, plain or compressed with gzip."));
  }

  @Override
  public List<TaskOption> testOptions() {
    return options();
  }

  @Override
  public TaskTraining train(Backend backend, TaskSettings settings, TaskProgress progress) {
    ChoraleData data = data(settings);
    ChoraleModel model = new ChoraleModel(network(backend, settings));
    progress.describe(
        String.format(
            Locale.ROOT,
            "%d pieces for training, %d for validation, %d for test: %,d, %,d, %,d predictions%n%s",
            data.training().size(),
            data.validation().size(),
            data.test().size(),
            ChoraleData.predictions(data.training()),
            ChoraleData.predictions(data.validation()),
            ChoraleData.predictions(data.test()),
            model.network().summary()));
    return TaskTraining.of(
        model,
        () -> fit(model.network(), settings, progress, data),
        () -> List.of(score(model.network(), settings.variant(), data)));
  }

  @Override
  public List<Score> measure(TaskModel model, TaskSettings settings) {
    return List.of(score(((ChoraleModel) model).network(), settings.variant(), data(settings)));
  }

  @Override
  public TestPart test(TaskModel model, TaskSettings settings) {
    return TestPart.of(((ChoraleModel) model).network(), examples(data(settings).test()));
  }

  private static ChoraleData data(TaskSettings settings) {
    String file = settings.options().getOrDefault(DATA, "");
    if (file.isEmpty()) {
      throw new DataException(
          "the chorales",
          "no --data FILE",
          "the path of jsb-chorales-quarter.json",
          "Nothing states a license for this data, so it does not come with Recur4J: fetch it from"
              + " github.com/czhuang/JSB-Chorales-dataset and add --data FILE.");
    }
    ChoraleData data = ChoraleData.read(Path.of(file));
    return settings.quick() ? data.first(QUICK_PIECES) : data;
  }

  private static Network network(Backend backend, TaskSettings settings) {
    ManyToManyBuilder builder =
        Networks.manyToMany().seed(settings.seed()).features(Chorale.NOTES).dropout(INPUT_DROPOUT);
    for (int layer = 0; layer < settings.layers(); layer++) {
      builder.recurrent(settings.variant().cell().layer(settings.hidden())).dropout(OUTPUT_DROPOUT);
    }
    return builder.labels(Chorale.NOTES).build(backend);
  }

  private static TrainingResult fit(
      Network network, TaskSettings settings, TaskProgress progress, ChoraleData data) {
    return progress
        .follow(
            Trainer.of(network)
                .optimizer(Optimizer.adam(settings.learningRate()))
                .epochs(settings.epochs())
                .batchSize(settings.batch())
                .maximumNorm(MAXIMUM_NORM)
                .validation(examples(data.validation()))
                .earlyStopping(PATIENCE)
                .seed(settings.seed()))
        .train(examples(data.training()));
  }

  private static List<Example> examples(List<Chorale> pieces) {
    return pieces.stream()
        .map(
            piece -> {
              int end = piece.steps().size();
              return Example.labeled(piece.roll(0, end - 1), piece.roll(1, end));
            })
        .toList();
  }

  private static Score score(Network network, Variant variant, ChoraleData data) {
    ChoraleBaselines baselines = new ChoraleBaselines(data.training());
    return Score.error(
        "negative log-likelihood a step, in nats",
        Trainer.evaluate(network, examples(data.test())).loss(),
        List.of(
            Reference.of("how often each note sounds", baselines.frequencies(data.test())),
            Reference.of("and whether it just did", baselines.transitions(data.test()))),
        List.of(published(variant.cell())));
  }

  private static Reference published(CellChoice cell) {
    return switch (cell) {
      case LSTM -> new Reference("LSTM", 8.45, 8.67);
      case GRU -> new Reference("GRU", 8.43, 8.54);
      default -> new Reference("tanh RNN", 8.91, 9.10);
    };
  }

  @Override
  public TaskModel open(Backend backend, Path file) {
    return ChoraleModel.open(backend, file);
  }
}
