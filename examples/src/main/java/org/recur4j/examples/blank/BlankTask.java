package org.recur4j.examples.blank;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.examples.korean.Jamo;
import org.recur4j.examples.task.CellChoice;
import org.recur4j.examples.task.InputForm;
import org.recur4j.examples.task.NetworkTraining;
import org.recur4j.examples.task.Reference;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.SequenceTagger;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.examples.task.TaskTraining;
import org.recur4j.examples.task.TestPart;
import org.recur4j.examples.task.TestableTask;
import org.recur4j.examples.task.Variant;
import org.recur4j.models.data.Example;

/**
 * The lecture's "오늘 엄청 맛있는 고기를 먹었는데 기분이 ___, 아니 고기가 상했지 뭐야!": which word fills the blank is known
 * only after reading on. A forward network cannot do better than chance.
 *
 * <p>The test's things, times and patterns are in no training sentence; what happened, which
 * decides, is, in other patterns and about other things.
 *
 * <p>A network learns nothing here for a while and then all at once. What decides begins some 24
 * steps behind the blank, and the gradient of a fresh network hardly gets there: so each cell has
 * as many epochs as validation says that it takes. {@code docs/decisions/rejected.md} has the
 * figures, and the settings at which it does not begin.
 */
public final class BlankTask implements TestableTask {
  /** The name on the command line. */
  public static final String NAME = "blank";

  private static final int EMBEDDING = 32;
  private static final int TRAINING = 3_000;
  private static final int VALIDATION = 200;
  private static final int TEST = 1_000;
  private static final int QUICK_SHARE = 20;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Fill the blank in a Korean sentence with the mood that what comes after it explains.";
  }

  @Override
  public String data() {
    return "Sentences made from patterns, four moods equally often;"
        + " test: things, times and patterns that no training sentence has. The training part's"
        + " lists were widened once after a look at the test figure. How long each cell trains was"
        + " chosen by validation, on sentences made as the training's are: all learn nothing at"
        + " first, and the less of the gradient gets from the blank to what explains it, the"
        + " longer. What a vanilla network then knows does not carry over to the test's patterns.";
  }

  @Override
  public InputForm input() {
    return new InputForm(
        "SENTENCE", "Korean with one blank: \"고기를 먹었는데 기분이 ___, 아니 고기가 상했지 뭐야!\".");
  }

  @Override
  public List<Variant> variants() {
    return Variant.cells(Direction.BIDIRECTIONAL, Direction.FORWARD);
  }

  @Override
  public TaskSettings defaults(Variant variant, boolean quick) {
    int epochs =
        switch (variant.cell()) {
          case LSTM -> 6;
          case GRU -> 16;
          default -> 60;
        };
    double rate = variant.cell() == CellChoice.VANILLA ? 0.002 : 0.004;
    return TaskSettings.of(variant, quick ? 2 : epochs, quick ? 16 : 64, 32, rate, quick);
  }

  @Override
  public TaskTraining train(Backend backend, TaskSettings settings, TaskProgress progress) {
    int share = settings.quick() ? QUICK_SHARE : 1;
    List<BlankSentence> known = SentenceMaker.known().make((TRAINING + VALIDATION) / share);
    List<BlankSentence> validation = known.subList(0, VALIDATION / share);
    List<BlankSentence> training = known.subList(VALIDATION / share, known.size());
    List<BlankSentence> test = test(settings);
    SequenceTagger tagger =
        SequenceTagger.create(backend, settings, Jamo.size(), EMBEDDING, Mood.ALL.size());
    progress.describe(
        String.format(
            Locale.ROOT,
            "%d sentences for training, %d for validation, %d for test%n%s",
            training.size(),
            validation.size(),
            test.size(),
            tagger.network().summary()));
    return TaskTraining.of(
        new BlankModel(tagger),
        () ->
            NetworkTraining.run(
                tagger.network(), settings, progress, examples(training), examples(validation)),
        () -> List.of(score(tagger, test)));
  }

  @Override
  public List<Score> measure(TaskModel model, TaskSettings settings) {
    return List.of(score(((BlankModel) model).tagger(), test(settings)));
  }

  @Override
  public TestPart test(TaskModel model, TaskSettings settings) {
    return TestPart.of(((BlankModel) model).tagger().network(), examples(test(settings)));
  }

  private static List<BlankSentence> test(TaskSettings settings) {
    return SentenceMaker.unseen().make(TEST / (settings.quick() ? QUICK_SHARE : 1));
  }

  @Override
  public TaskModel open(Backend backend, Path file) {
    return BlankModel.open(backend, file);
  }

  /** Only the blank counts: every other step has the label −1. */
  private static List<Example> examples(List<BlankSentence> sentences) {
    return sentences.stream()
        .map(
            sentence -> {
              BlankModel.Steps steps = BlankModel.Steps.of(sentence.text(), sentence.text());
              int[] labels = new int[steps.indices().length];
              Arrays.fill(labels, -1);
              labels[steps.blank()] = sentence.mood();
              return Example.tagged(steps.indices(), labels);
            })
        .toList();
  }

  private static Score score(SequenceTagger tagger, List<BlankSentence> sentences) {
    List<BlankModel.Steps> steps =
        sentences.stream().map(s -> BlankModel.Steps.of(s.text(), s.text())).toList();
    List<SequenceTagger.Tags> tags =
        tagger.tag(steps.stream().map(BlankModel.Steps::indices).toList());
    int right = 0;
    int[] each = new int[Mood.ALL.size()];
    for (int i = 0; i < sentences.size(); i++) {
      int mood = sentences.get(i).mood();
      each[mood]++;
      right += tags.get(i).classes()[steps.get(i).blank()] == mood ? 1 : 0;
    }
    double always = (double) Arrays.stream(each).max().orElse(0) / sentences.size();
    return Score.share(
        "blanks right",
        (double) right / sentences.size(),
        List.of(Reference.of("always the same word", always)),
        List.of());
  }
}
