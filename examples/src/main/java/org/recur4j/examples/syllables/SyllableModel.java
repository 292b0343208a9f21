package org.recur4j.examples.syllables;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.examples.task.NetworkForm;
import org.recur4j.examples.task.Prediction;
import org.recur4j.examples.task.SequenceTagger;
import org.recur4j.examples.task.TaskFile;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.DataException;
import org.recur4j.models.network.Network;

/** A trained network with the phonemes it knows. */
final class SyllableModel implements TaskModel {
  private static final String PHONEMES = "task.phonemes";
  private static final int LONGEST = 200;

  /** Whether a syllable begins. */
  private static final int CLASSES = 2;

  private final SequenceTagger tagger;
  private final PhonemeSet phonemes;

  SyllableModel(SequenceTagger tagger, PhonemeSet phonemes) {
    this.tagger = tagger;
    this.phonemes = phonemes;
  }

  static SyllableModel open(Backend backend, Path path) {
    TaskFile file = new TaskFile(SyllableTask.NAME, path);
    Network network =
        file.read(
            backend,
            read ->
                NetworkForm.ofIndices(
                    phonemes(file, read).indices(), CLASSES, Topology.MANY_TO_MANY));
    return new SyllableModel(new SequenceTagger(network), phonemes(file, network));
  }

  private static PhonemeSet phonemes(TaskFile file, Network network) {
    return new PhonemeSet(List.of(file.note(network, PHONEMES).split(" ", -1)));
  }

  Network network() {
    return tagger.network();
  }

  PhonemeSet phonemes() {
    return phonemes;
  }

  /** For each word, for each phoneme: 1 if a syllable begins with it. */
  List<int[]> starts(List<List<String>> words) {
    return tagger.tag(words.stream().map(phonemes::encode).toList()).stream()
        .map(SequenceTagger.Tags::classes)
        .toList();
  }

  @Override
  public List<Prediction> predict(List<String> inputs) {
    Map<String, List<String>> dictionary = new HashMap<>();
    if (inputs.stream().anyMatch(input -> !isSounds(input))) {
      SyllableDictionary.load().forEach(w -> dictionary.putIfAbsent(w.spelling(), w.phonemes()));
    }
    List<List<String>> words = inputs.stream().map(input -> sounds(input, dictionary)).toList();
    List<SequenceTagger.Tags> tags = tagger.tag(words.stream().map(phonemes::encode).toList());
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      int[] starts = tags.get(i).classes();
      StringBuilder answer = new StringBuilder();
      for (int t = 0; t < starts.length; t++) {
        answer.append(t == 0 ? "" : starts[t] == 1 ? " - " : " ").append(words.get(i).get(t));
      }
      predictions.add(
          Prediction.of(
              inputs.get(i), answer.toString(), Map.of("CERTAINTY", tags.get(i).certainty())));
    }
    return predictions;
  }

  private static boolean isSounds(String input) {
    return input.strip().indexOf(' ') > 0;
  }

  private static List<String> sounds(String input, Map<String, List<String>> dictionary) {
    String text = Normalizer.normalize(input.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    List<String> sounds =
        isSounds(input) ? List.of(text.split("\\s+", LONGEST + 1)) : dictionary.get(text);
    if (sounds == null || sounds.size() > LONGEST) {
      throw new DataException(
          "the input '" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'",
          sounds == null ? "a word that is not in the dictionary" : "too many phonemes",
          "a word of the dictionary or up to " + LONGEST + " phonemes",
          "Give its sounds in quotes, such as \"k ae m er ax\".");
    }
    return sounds;
  }

  @Override
  public SyllableModel at(Precision precision) {
    return new SyllableModel(tagger.at(precision), phonemes);
  }

  @Override
  public long packedBytes() {
    return tagger.packedBytes();
  }

  @Override
  public void save(Path file) {
    new TaskFile(SyllableTask.NAME, file)
        .write(tagger.network(), Map.of(PHONEMES, String.join(" ", phonemes.names())));
  }

  @Override
  public void close() {
    tagger.close();
  }
}
