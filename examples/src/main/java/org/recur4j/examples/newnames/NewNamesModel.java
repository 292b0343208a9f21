package org.recur4j.examples.newnames;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.examples.names.NameData;
import org.recur4j.examples.task.Generation;
import org.recur4j.examples.task.GenerativeModel;
import org.recur4j.examples.task.NetworkForm;
import org.recur4j.examples.task.Prediction;
import org.recur4j.examples.task.TaskFile;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.Vocabulary;
import org.recur4j.models.decoding.DecodedSequence;
import org.recur4j.models.decoding.DecodingStrategy;
import org.recur4j.models.decoding.SequenceDecoder;
import org.recur4j.models.metric.Perplexity;
import org.recur4j.models.network.Network;
import org.recur4j.models.training.Trainer;

/** A trained network that makes up names, with the characters it knows. */
final class NewNamesModel implements GenerativeModel {
  private static final String CHARACTERS = "task.characters";
  private static final int LONGEST = 20;

  /** So many names are drawn for each that is wanted before it is given up. */
  private static final int PATIENCE = 50;

  private final Network network;
  private final Vocabulary vocabulary;

  NewNamesModel(Network network, Vocabulary vocabulary) {
    this.network = network;
    this.vocabulary = vocabulary;
  }

  static NewNamesModel open(Backend backend, Path path) {
    TaskFile file = new TaskFile(NewNamesTask.NAME, path);
    Network network = file.read(backend, read -> form(vocabulary(file, read)));
    return new NewNamesModel(network, vocabulary(file, network));
  }

  private static Vocabulary vocabulary(TaskFile file, Network network) {
    return Vocabulary.of(file.note(network, CHARACTERS));
  }

  private static NetworkForm form(Vocabulary vocabulary) {
    return NetworkForm.ofIndices(vocabulary.size(), vocabulary.size(), Topology.ONE_TO_MANY);
  }

  Network network() {
    return network;
  }

  List<Example> examples(List<String> names) {
    return names.stream()
        .map(name -> NameCorpus.example(vocabulary.encode(name), Vocabulary.PADDING))
        .toList();
  }

  /** For each symbol of some names, their ends among them. */
  double perplexity(List<String> names) {
    return Perplexity.of(Trainer.evaluate(network, examples(names)).loss());
  }

  /** So many names as they come, known ones and repetitions among them. */
  List<String> draw(Generation request, int count, long seed) {
    String start = NameData.normalize(request.start());
    int[] encoded = vocabulary.encode(start);
    if (encoded.length > LONGEST / 2
        || Arrays.stream(encoded).anyMatch(index -> index == Vocabulary.UNKNOWN)) {
      throw new DataException(
          "the start '" + request.start() + "'",
          encoded.length + " characters, or one that no name has",
          "at most " + LONGEST / 2 + " of " + vocabulary.characters(),
          "Begin with letters of a name.");
    }
    List<String> names = new ArrayList<>();
    DecodingStrategy how =
        DecodingStrategy.sampled(LONGEST, request.temperature(), request.topK(), seed);
    try (NameContinuation continuation = new NameContinuation(network, count, encoded)) {
      for (List<DecodedSequence> row : SequenceDecoder.decode(continuation, how)) {
        names.add(start + vocabulary.decode(row.get(0).tokens()));
      }
    }
    return names;
  }

  @Override
  public List<String> generate(Generation request) {
    Set<String> known = NameCorpus.known();
    Set<String> made = new LinkedHashSet<>();
    for (int round = 0; round < PATIENCE && made.size() < request.count(); round++) {
      // Rounds draw from seeds far from each other and from those that a person would try next.
      long seed = request.seed() + ((long) round << 32);
      for (String name : draw(request, request.count(), seed)) {
        // A network that has hardly learned may end a name before its first character.
        if (!name.isEmpty() && !known.contains(name) && made.size() < request.count()) {
          made.add(name);
        }
      }
    }
    if (made.size() < request.count()) {
      throw new DataException(
          "the request for new names",
          "only " + made.size() + " different ones that are in no list",
          Integer.toString(request.count()),
          "Raise --temperature or --top-k, or shorten --start.");
    }
    return made.stream().map(NewNamesModel::capitalized).toList();
  }

  private static String capitalized(String name) {
    int first = name.offsetByCodePoints(0, 1);
    return name.substring(0, first).toUpperCase(Locale.ROOT) + name.substring(first);
  }

  @Override
  public List<Prediction> predict(List<String> inputs) {
    List<Prediction> predictions = new ArrayList<>();
    for (String input : inputs) {
      String name = NameData.normalize(input);
      if (name.isEmpty() || name.length() > NameData.MAXIMUM_CHARACTERS) {
        throw new DataException(
            "the name",
            name.length() + " characters",
            "1 to " + NameData.MAXIMUM_CHARACTERS,
            "Give a first name.");
      }
      double perplexity = perplexity(List.of(name));
      String answer =
          String.format(Locale.ROOT, "as hard as one of %.1f at each character", perplexity);
      predictions.add(Prediction.of(input, answer, Map.of("PERPLEXITY", perplexity)));
    }
    return predictions;
  }

  @Override
  public NewNamesModel at(Precision precision) {
    return new NewNamesModel(network.at(precision), vocabulary);
  }

  @Override
  public long packedBytes() {
    return network.packedBytes();
  }

  @Override
  public void save(Path file) {
    new TaskFile(NewNamesTask.NAME, file)
        .write(network, Map.of(CHARACTERS, vocabulary.characters()));
  }

  @Override
  public void close() {
    network.close();
  }
}
