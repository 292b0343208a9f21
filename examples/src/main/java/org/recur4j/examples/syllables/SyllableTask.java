package org.recur4j.examples.syllables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Direction;
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

/** Does a new syllable begin at this phoneme? It takes the sounds that follow to know. */
public final class SyllableTask implements TestableTask {
  /** The name on the command line. */
  public static final String NAME = "syllables";

  private static final int EMBEDDING = 32;
  private static final int QUICK_STEP = 40;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Find where the syllables of an English word begin, phoneme by phoneme.";
  }

  @Override
  public String data() {
    return "CMU dictionary 0.4 with Festival's syllables, 105,901 entries;"
        + " test: words whose SHA-256 begins with a byte below 26.";
  }

  @Override
  public InputForm input() {
    return new InputForm(
        "WORD", "A word of the dictionary, or phonemes in quotes: \"k ae m er ax\".");
  }

  @Override
  public List<Variant> variants() {
    return Variant.cells(Direction.BIDIRECTIONAL, Direction.FORWARD);
  }

  @Override
  public TaskSettings defaults(Variant variant, boolean quick) {
    return TaskSettings.of(variant, 3, quick ? 16 : 64, 32, 0.004, quick);
  }

  @Override
  public TaskTraining train(Backend backend, TaskSettings settings, TaskProgress progress) {
    SyllableData data = data(settings);
    PhonemeSet phonemes = PhonemeSet.of(data.training());
    SequenceTagger tagger =
        SequenceTagger.create(backend, settings, phonemes.indices(), EMBEDDING, 2);
    SyllableModel model = new SyllableModel(tagger, phonemes);
    progress.describe(
        String.format(
            Locale.ROOT,
            "%d words for training, %d for validation, %d for test%n%s",
            data.training().size(),
            data.validation().size(),
            data.test().size(),
            tagger.network().summary()));
    return TaskTraining.of(
        model,
        () ->
            NetworkTraining.run(
                tagger.network(),
                settings,
                progress,
                examples(phonemes, data.training()),
                examples(phonemes, data.validation())),
        () -> scores(model, settings.variant(), data));
  }

  @Override
  public List<Score> measure(TaskModel model, TaskSettings settings) {
    return scores((SyllableModel) model, settings.variant(), data(settings));
  }

  @Override
  public TestPart test(TaskModel model, TaskSettings settings) {
    SyllableModel own = (SyllableModel) model;
    return TestPart.of(own.network(), examples(own.phonemes(), data(settings).test()));
  }

  private static SyllableData data(TaskSettings settings) {
    return SyllableData.of(SyllableDictionary.load(), settings.quick() ? QUICK_STEP : 1);
  }

  @Override
  public TaskModel open(Backend backend, Path file) {
    return SyllableModel.open(backend, file);
  }

  private static List<Example> examples(PhonemeSet phonemes, List<SyllableWord> words) {
    return words.stream()
        .map(word -> Example.tagged(phonemes.encode(word.phonemes()), word.starts()))
        .toList();
  }

  private static List<Score> scores(SyllableModel model, Variant variant, SyllableData data) {
    MaximalOnset rule = new MaximalOnset(data.training());
    Set<List<String>> heard = new HashSet<>();
    data.training().forEach(word -> heard.add(word.phonemes()));
    List<SyllableWord> unheard = new ArrayList<>(data.test());
    unheard.removeIf(word -> heard.contains(word.phonemes()));
    List<Score> scores = new ArrayList<>();
    scores.add(
        Score.share(
            "whole words right",
            wordsRight(model, data.test()),
            List.of(Reference.of("maximal onset rule", rule.wordsRight(data.test()))),
            published(variant)));
    if (!unheard.isEmpty()) {
      scores.add(
          Score.share(
              "whole words right, of those that sound like no training word",
              wordsRight(model, unheard),
              List.of(Reference.of("maximal onset rule", rule.wordsRight(unheard))),
              List.of()));
    }
    return scores;
  }

  private static double wordsRight(SyllableModel model, List<SyllableWord> words) {
    List<int[]> starts = model.starts(words.stream().map(SyllableWord::phonemes).toList());
    int right = 0;
    for (int i = 0; i < words.size(); i++) {
      right += Arrays.equals(starts.get(i), words.get(i).starts()) ? 1 : 0;
    }
    return (double) right / words.size();
  }

  private static List<Reference> published(Variant variant) {
    return variant.cell() == CellChoice.LSTM
        ? List.of(
            Reference.of("PyTorch, LSTM 64, 3 epochs", variant.bidirectional() ? 0.999 : 0.482))
        : List.of();
  }
}
