package org.recur4j.examples.names;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.examples.explain.Explanation;
import org.recur4j.examples.explain.Focus;
import org.recur4j.examples.task.NetworkForm;
import org.recur4j.examples.task.TestPart;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.LabelSet;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.data.Vocabulary;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Predictions;

/** A trained network with the characters it knows and the labels it tells apart. */
public final class NamesModel implements AutoCloseable {
  /** Names that are asked at once: as many as a training step reads. */
  private static final String CHARACTERS = "names.characters";

  private static final String LABELS = "names.labels";

  private final Network network;
  private final Vocabulary vocabulary;
  private final LabelSet labels;

  NamesModel(Network network, Vocabulary vocabulary, LabelSet labels) {
    this.network = network;
    this.vocabulary = vocabulary;
    this.labels = labels;
  }

  /**
   * Reads a model.
   *
   * @param backend where it runs; outlives the model
   * @param file what {@link #save} wrote
   * @return the model; close it
   * @throws org.recur4j.models.file.ModelFileException if the file is damaged
   * @throws DataException if it holds another kind of model
   */
  public static NamesModel open(Backend backend, Path file) {
    Network network = Network.load(file, backend);
    boolean opened = false;
    try {
      NamesModel model =
          new NamesModel(
              network,
              Vocabulary.of(note(network, file, CHARACTERS)),
              new LabelSet(List.of(note(network, file, LABELS).split("\n", -1))));
      NetworkForm.ofIndices(model.vocabulary.size(), model.labels.size(), Topology.MANY_TO_ONE)
          .check(network, "names", file.toString());
      opened = true;
      return model;
    } finally {
      if (!opened) {
        network.close();
      }
    }
  }

  /**
   * The same model with its recurrent layers' weights packed at another precision.
   *
   * @param precision how products round
   * @return shares the weights with this model, which must outlive it; close it
   * @throws org.recur4j.api.error.InvalidArgumentException if the backend has no kernels for it,
   *     with its reason
   */
  public NamesModel at(Precision precision) {
    return new NamesModel(network.at(precision), vocabulary, labels);
  }

  /**
   * The test names as this model reads them.
   *
   * @param data names with this model's labels
   * @return no name that a model was trained on
   * @throws DataException if the labels are others
   */
  public TestPart test(NameData data) {
    if (!labels.equals(data.labels())) {
      throw new DataException(
          "the test names",
          "labels " + data.labels().names(),
          "the model's, " + labels.names(),
          "Measure a model that was trained on the names that come with the examples.");
    }
    return TestPart.of(
        network,
        data.test().stream()
            .map(name -> Example.classified(vocabulary.encode(name.text()), name.label()))
            .toList());
  }

  /**
   * Writes it atomically. The same weights give the same bytes.
   *
   * @param file a safetensors file; replaced if it exists
   */
  public void save(Path file) {
    Map<String, String> notes = new TreeMap<>();
    notes.put(CHARACTERS, vocabulary.characters());
    notes.put(LABELS, String.join("\n", labels.names()));
    network.save(file, notes);
  }

  /**
   * What it tells apart.
   *
   * @return the labels, in the order of the probabilities
   */
  public LabelSet labels() {
    return labels;
  }

  /**
   * Asks it.
   *
   * @param names as people write them, at least one
   * @return for each name the probabilities of the labels, which add up to 1
   */
  public List<double[]> predict(List<String> names) {
    Predictions answers =
        network.predict(
            names.stream()
                .map(name -> Example.unlabeled(vocabulary.encode(NameData.normalize(name))))
                .toList());
    List<double[]> probabilities = new ArrayList<>();
    for (int row = 0; row < answers.size(); row++) {
      float[] answer = answers.values(row);
      probabilities.add(IntStream.range(0, answer.length).mapToDouble(i -> answer[i]).toArray());
    }
    return probabilities;
  }

  /**
   * The characters of a name that the training names did not hold. The model reads each of them as
   * the unknown symbol.
   *
   * @param name as people write it
   * @return in the order of the name, repetitions included; empty where all are known
   */
  public List<String> unknownSymbols(String name) {
    return vocabulary.unknownSymbols(NameData.normalize(name));
  }

  /**
   * Shows what the network does with one name.
   *
   * @param name as people write it; at least one character
   * @param focus which layer and step to look at closely; steps are called by their characters
   * @return text and pictures
   */
  public Explanation explain(String name, Focus focus) {
    String read = vocabulary.normalize(NameData.normalize(name));
    List<String> characters = read.codePoints().mapToObj(Character::toString).toList();
    return Explanation.of(
        network,
        SequenceBatch.ofIndices(List.of(vocabulary.encode(read))),
        focus.inputs(characters));
  }

  @Override
  public void close() {
    network.close();
  }

  private static String note(Network network, Path file, String key) {
    String value = network.metadata().get(key);
    if (value == null) {
      throw new DataException(
          file.toString(),
          "a model without the metadata '" + key + "'",
          "a model of names",
          "Give a file that 'recur4j train names' wrote.");
    }
    return value;
  }
}
