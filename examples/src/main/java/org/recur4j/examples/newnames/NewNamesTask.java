package org.recur4j.examples.newnames;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.examples.task.Generation;
import org.recur4j.examples.task.GenerativeModel;
import org.recur4j.examples.task.GenerativeTask;
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
import org.recur4j.models.data.Vocabulary;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.network.OneToManyBuilder;

/** Makes up first names: after each character, how likely each is to follow. */
public final class NewNamesTask implements GenerativeTask, TestableTask {
  /** The name on the command line. */
  public static final String NAME = "new-names";

  private static final int EMBEDDING = 32;
  private static final double DROPOUT = 0.3;
  private static final int QUICK_STEP = 20;
  private static final int DRAWN = 1000;
  private static final int QUICK_DRAWN = 20;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Make up first names, character by character.";
  }

  @Override
  public String data() {
    return "8,003 common English first names, female and male;"
        + " test: names whose SHA-256 begins with a byte below 26.";
  }

  @Override
  public InputForm input() {
    return new InputForm("NAME", "A first name: how surprising is it?");
  }

  @Override
  public List<Variant> variants() {
    return Variant.cells(Direction.FORWARD);
  }

  @Override
  public TaskSettings defaults(Variant variant, boolean quick) {
    return TaskSettings.of(variant, quick ? 2 : 20, quick ? 16 : 128, 32, 0.003, quick);
  }

  @Override
  public TaskTraining train(Backend backend, TaskSettings settings, TaskProgress progress) {
    NameCorpus corpus = corpus(settings);
    Vocabulary vocabulary = Vocabulary.collect(corpus.training());
    NewNamesModel model =
        new NewNamesModel(network(backend, settings, vocabulary.size()), vocabulary);
    progress.describe(
        String.format(
            Locale.ROOT,
            "%,d names for training, %d for validation, %d for test%n%s",
            corpus.training().size(),
            corpus.validation().size(),
            corpus.test().size(),
            model.network().summary()));
    return TaskTraining.of(
        model,
        () ->
            NetworkTraining.run(
                model.network(),
                settings,
                progress,
                model.examples(corpus.training()),
                model.examples(corpus.validation())),
        () -> scores(model, corpus, settings));
  }

  @Override
  public List<Score> measure(TaskModel model, TaskSettings settings) {
    return scores((NewNamesModel) model, corpus(settings), settings);
  }

  @Override
  public TestPart test(TaskModel model, TaskSettings settings) {
    NewNamesModel own = (NewNamesModel) model;
    return TestPart.of(own.network(), own.examples(corpus(settings).test()));
  }

  private static NameCorpus corpus(TaskSettings settings) {
    return NameCorpus.load(settings.quick() ? QUICK_STEP : 1);
  }

  private static Network network(Backend backend, TaskSettings settings, int vocabulary) {
    OneToManyBuilder builder =
        Networks.oneToMany()
            .seed(settings.seed())
            .embedding(vocabulary, EMBEDDING)
            .dropout(DROPOUT);
    for (int layer = 0; layer < settings.layers(); layer++) {
      builder.recurrent(settings.variant().cell().layer(settings.hidden())).dropout(DROPOUT);
    }
    return builder.classes(vocabulary).build(backend);
  }

  private static List<Score> scores(NewNamesModel model, NameCorpus corpus, TaskSettings settings) {
    // The characters, the unknown one and the end: what the network chooses from as well.
    int symbols = model.network().architecture().outputs();
    CharacterGrams pairs = new CharacterGrams(2, symbols, corpus.training());
    CharacterGrams triples = new CharacterGrams(3, symbols, corpus.training());
    int count = settings.quick() ? QUICK_DRAWN : DRAWN;
    List<String> drawn =
        model.draw(new Generation(count, 1, 0, "", settings.seed()), count, settings.seed());
    Set<String> learned = Set.copyOf(corpus.training());
    long unseen = drawn.stream().filter(name -> !learned.contains(name)).count();
    return List.of(
        perplexity("test perplexity of a character", model, pairs, triples, corpus.test()),
        perplexity(
            "validation perplexity of a character", model, pairs, triples, corpus.validation()),
        Score.share(
            "drawn names that are not in the training list",
            (double) unseen / count,
            List.of(),
            List.of()));
  }

  private static Score perplexity(
      String metric,
      NewNamesModel model,
      CharacterGrams pairs,
      CharacterGrams triples,
      List<String> names) {
    return Score.error(
        metric,
        model.perplexity(names),
        List.of(
            Reference.of("character pairs", pairs.perplexity(names)),
            Reference.of("character triples", triples.perplexity(names))),
        List.of());
  }

  @Override
  public GenerativeModel open(Backend backend, Path file) {
    return NewNamesModel.open(backend, file);
  }
}
