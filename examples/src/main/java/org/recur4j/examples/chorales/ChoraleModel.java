package org.recur4j.examples.chorales;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.examples.task.NetworkForm;
import org.recur4j.examples.task.Prediction;
import org.recur4j.examples.task.TaskFile;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Predictions;

/** A trained network that hears chords and says what may follow. */
final class ChoraleModel implements TaskModel {
  private static final int LONGEST = 10_000;
  private static final int SHOWN = 6;
  private static final int OCTAVE = 12;
  private static final List<String> NAMES =
      List.of("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B");

  private final Network network;

  ChoraleModel(Network network) {
    this.network = network;
  }

  static ChoraleModel open(Backend backend, Path file) {
    NetworkForm form = NetworkForm.ofFeatures(Chorale.NOTES, Chorale.NOTES, Topology.MANY_TO_MANY);
    return new ChoraleModel(new TaskFile(ChoraleTask.NAME, file).read(backend, any -> form));
  }

  Network network() {
    return network;
  }

  @Override
  public List<Prediction> predict(List<String> inputs) {
    List<Chorale> heard = inputs.stream().map(ChoraleModel::read).toList();
    Predictions answers =
        network.predict(
            heard.stream()
                .map(piece -> Example.unlabeled(piece.roll(0, piece.steps().size())))
                .toList());
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      float[] next = answers.values(i, answers.steps(i) - 1);
      String likeliest =
          IntStream.range(0, Chorale.NOTES)
              .boxed()
              .sorted(Comparator.comparingDouble(key -> -next[key]))
              .limit(SHOWN)
              .map(key -> String.format(Locale.ROOT, "%s %.2f", name(key), next[key]))
              .collect(Collectors.joining(", "));
      predictions.add(Prediction.of(inputs.get(i), likeliest, Map.of()));
    }
    return predictions;
  }

  /** "60+64+67 62+65": chords with blanks between them, as MIDI notes. */
  private static Chorale read(String text) {
    String[] chords = text.strip().split("\\s+", LONGEST + 1);
    if (chords.length > LONGEST) {
      throw refusal(text, "more than " + LONGEST + " chords", "a piece of music");
    }
    List<int[]> steps = new ArrayList<>();
    for (String chord : chords) {
      String[] notes = chord.split("\\+", Chorale.NOTES + 1);
      int[] keys = new int[notes.length];
      for (int i = 0; i < notes.length; i++) {
        keys[i] = key(text, notes[i]);
      }
      steps.add(keys);
    }
    return new Chorale(steps);
  }

  private static int key(String text, String note) {
    try {
      int key = Integer.parseInt(note) - Chorale.LOWEST_NOTE;
      if (key >= 0 && key < Chorale.NOTES) {
        return key;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a note beyond the piano is.
    }
    throw refusal(
        text,
        "'" + note + "'",
        "MIDI notes from " + Chorale.LOWEST_NOTE + " to " + Chorale.HIGHEST_NOTE);
  }

  private static DataException refusal(String text, String got, String expected) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return new DataException(
        "the chords '" + shown + "'", got, expected, "Write \"60+64+67 62+65+69\".");
  }

  /** Middle C, MIDI note 60, is C4. */
  private static String name(int key) {
    int note = key + Chorale.LOWEST_NOTE;
    return NAMES.get(note % OCTAVE) + (note / OCTAVE - 1);
  }

  @Override
  public ChoraleModel at(Precision precision) {
    return new ChoraleModel(network.at(precision));
  }

  @Override
  public long packedBytes() {
    return network.packedBytes();
  }

  @Override
  public void save(Path file) {
    new TaskFile(ChoraleTask.NAME, file).write(network, Map.of());
  }

  @Override
  public void close() {
    network.close();
  }
}
