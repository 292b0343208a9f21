package org.recur4j.examples.pronounce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.examples.task.CellChoice;
import org.recur4j.examples.task.InputForm;
import org.recur4j.examples.task.Reference;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.examples.task.TaskOption;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.examples.task.TaskTraining;
import org.recur4j.examples.task.Variant;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.decoding.DecodedSequence;
import org.recur4j.models.metric.SequenceErrors;
import org.recur4j.models.seq2seq.Attention;
import org.recur4j.models.seq2seq.EncoderDecoder;
import org.recur4j.models.seq2seq.SequencePair;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.schedule.LearningRateSchedule;

/** How is a word pronounced? As many phonemes as it takes, however many letters it has. */
public final class PronounceTask implements Task {
  /** The name on the command line. */
  public static final String NAME = "pronounce";

  private static final TaskOption ATTENTION =
      new TaskOption(
          "attention",
          "KIND",
          "general",
          "How the decoder looks back: none, dot, general, additive.");
  private static final TaskOption DROPOUT =
      new TaskOption("dropout", "RATE", "0.25", "Probability of a zero, from 0 to below 1.");
  private static final TaskOption DECODER_LAYERS =
      new TaskOption("decoder-layers", "N", "1", "Recurrent layers of the decoder.");
  private static final TaskOption SMOOTHING =
      new TaskOption(
          "label-smoothing",
          "SHARE",
          "0",
          "Share of a target's probability that all phonemes get alike, from 0 to below 1.");
  private static final int EMBEDDING = 64;
  private static final int QUICK_STEP = 60;
  private static final int WINDOW = 50;
  private static final int WARM_UP = 500;
  private static final double MAXIMUM_NORM = 2;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Pronounce English words: letters in, phonemes out, with attention between them.";
  }

  @Override
  public String data() {
    return "CMU Pronouncing Dictionary 0.7b without stress, 123,874 words;"
        + " test: words whose SHA-256 begins with a byte below 26.";
  }

  @Override
  public InputForm input() {
    return new InputForm("WORD", "A word of letters and apostrophes, such as neural.");
  }

  @Override
  public List<Variant> variants() {
    return Variant.cells(Direction.BIDIRECTIONAL, Direction.FORWARD);
  }

  @Override
  public List<TaskOption> options() {
    return List.of(ATTENTION, DROPOUT, DECODER_LAYERS, SMOOTHING);
  }

  @Override
  public TaskSettings defaults(Variant variant, boolean quick) {
    return TaskSettings.of(variant, quick ? 3 : 12, quick ? 24 : 128, 64, 0.002, quick)
        .withLayers(quick ? 1 : 2);
  }

  @Override
  public List<TaskSettings> longTrainings() {
    return List.of(
        defaults(variants().get(0), false)
            .withHidden(256)
            .withEpochs(22)
            .withOptions(
                Map.of(
                    DROPOUT.name(), "0.4", DECODER_LAYERS.name(), "2", SMOOTHING.name(), "0.1")));
  }

  @Override
  public TaskTraining train(Backend backend, TaskSettings settings, TaskProgress progress) {
    PronounceData data = data(settings);
    EncoderDecoder network = network(backend, settings, data);
    PronounceModel model = new PronounceModel(network, data.phonemes());
    progress.describe(
        String.format(
            Locale.ROOT,
            "%d words for training, %d for validation, %d for test%n%s",
            data.training().size(),
            data.validation().size(),
            data.test().size(),
            network.summary()));
    return TaskTraining.of(
        model,
        () -> fit(network, settings, progress, data),
        () -> scores(model, settings.variant(), data));
  }

  private static TrainingResult fit(
      EncoderDecoder network, TaskSettings settings, TaskProgress progress, PronounceData data) {
    return progress
        .follow(
            Trainer.of(network)
                .optimizer(Optimizer.adam(settings.learningRate()))
                .schedule(warmUpAndCosine())
                .epochs(settings.epochs())
                .batchSize(settings.batch())
                .bucketing(WINDOW)
                .maximumNorm(MAXIMUM_NORM)
                .validation(pairs(data.validation()))
                .seed(settings.seed()))
        .train(pairs(data.training()));
  }

  private static PronounceData data(TaskSettings settings) {
    return PronounceData.load().every(settings.quick() ? QUICK_STEP : 1);
  }

  @Override
  public List<Score> measure(TaskModel model, TaskSettings settings) {
    return scores((PronounceModel) model, settings.variant(), data(settings));
  }

  private static EncoderDecoder network(
      Backend backend, TaskSettings settings, PronounceData data) {
    CellChoice cell = settings.variant().cell();
    RecurrentLayerSpec[] encoder = new RecurrentLayerSpec[settings.layers()];
    Arrays.fill(encoder, cell.layer(settings.hidden()).direction(settings.variant().direction()));
    RecurrentLayerSpec[] decoder = new RecurrentLayerSpec[decoderLayers(settings)];
    Arrays.fill(decoder, cell.layer(settings.variant().direction().count() * settings.hidden()));
    return EncoderDecoder.builder(PronounceData.LETTERS.length(), data.phonemes().size())
        .embedding(EMBEDDING)
        .encoder(encoder)
        .decoder(decoder)
        .attention(attention(value(settings, ATTENTION)))
        .dropout(number(settings, DROPOUT))
        .labelSmoothing(number(settings, SMOOTHING))
        .seed(settings.seed())
        .build(backend);
  }

  private static String value(TaskSettings settings, TaskOption option) {
    return settings.options().getOrDefault(option.name(), option.defaultValue());
  }

  private static Attention attention(String text) {
    for (Attention attention : Attention.values()) {
      if (attention.name().equalsIgnoreCase(text)) {
        return attention;
      }
    }
    throw refuse(ATTENTION, text, "none, dot, general or additive");
  }

  private static int decoderLayers(TaskSettings settings) {
    String text = value(settings, DECODER_LAYERS);
    if (!text.matches("[1-9][0-9]?")) {
      throw refuse(DECODER_LAYERS, text, "a whole number from 1 to 99");
    }
    return Integer.parseInt(text);
  }

  private static double number(TaskSettings settings, TaskOption option) {
    String text = value(settings, option);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw refuse(option, text, "a number from 0 to below 1");
    }
  }

  private static InvalidArgumentException refuse(TaskOption option, String got, String expected) {
    return new InvalidArgumentException(
        "pronounce, --" + option.name(), "'" + got + "'", expected, "Correct the option");
  }

  /** The rate rises over the first steps, a tenth of all at most, and falls in half a cosine. */
  private static LearningRateSchedule warmUpAndCosine() {
    LearningRateSchedule cosine = LearningRateSchedule.cosine();
    return moment -> {
      long warmUp = Math.min(WARM_UP, Math.max(1, moment.steps() / 10));
      return Math.min(1, (moment.step() + 1.0) / warmUp) * cosine.factor(moment);
    };
  }

  @Override
  public TaskModel open(Backend backend, Path file) {
    return PronounceModel.open(backend, file);
  }

  private static List<SequencePair> pairs(List<PronounceData.Word> words) {
    List<SequencePair> pairs = new ArrayList<>();
    for (PronounceData.Word word : words) {
      int[] letters = word.letters();
      word.pronunciations().forEach(phonemes -> pairs.add(new SequencePair(letters, phonemes)));
    }
    return pairs;
  }

  /** Measured on the test words, once. */
  static List<Score> scores(PronounceModel model, Variant variant, PronounceData data) {
    LetterRules rules = new LetterRules(data.training());
    SequenceErrors errors = SequenceErrors.none();
    SequenceErrors baseline = SequenceErrors.none();
    List<DecodedSequence> said =
        model.pronounce(data.test().stream().map(PronounceData.Word::letters).toList());
    for (int i = 0; i < said.size(); i++) {
      PronounceData.Word word = data.test().get(i);
      List<List<Integer>> right = word.pronunciations().stream().map(PronounceTask::list).toList();
      errors = errors.plusAny(right, list(said.get(i).tokens()));
      baseline = baseline.plusAny(right, rules.pronounce(word.letters()));
    }
    List<Reference> published =
        variant.cell() == CellChoice.LSTM
            ? List.of(Reference.of("LSTM 2×64", 0.32), Reference.of("LSTM 2×512", 0.247))
            : List.of();
    String rule = "each letter between its neighbors";
    return List.of(
        share(
            "wrong words (WER)",
            errors.sequenceRate(),
            List.of(Reference.of(rule, baseline.sequenceRate())),
            published),
        share(
            "wrong phonemes (PER)",
            errors.symbolRate(),
            List.of(Reference.of(rule, baseline.symbolRate())),
            List.of()));
  }

  private static Score share(
      String metric, double value, List<Reference> baselines, List<Reference> published) {
    return new Score(metric, value, Score.Unit.SHARE, Score.Better.LOWER, baselines, published);
  }

  private static List<Integer> list(int... indices) {
    return Arrays.stream(indices).boxed().toList();
  }
}
