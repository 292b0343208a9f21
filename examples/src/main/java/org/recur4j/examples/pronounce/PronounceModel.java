package org.recur4j.examples.pronounce;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.examples.task.DrawingModel;
import org.recur4j.examples.task.Prediction;
import org.recur4j.models.data.DataException;
import org.recur4j.models.decoding.DecodedSequence;
import org.recur4j.models.decoding.DecodingStrategy;
import org.recur4j.models.seq2seq.EncoderDecoder;

/** A trained encoder–decoder with the phonemes it knows. */
final class PronounceModel implements DrawingModel {
  private static final String TASK = "task.name";
  private static final String PHONEMES = "task.phonemes";

  /** Chosen on the validation words. */
  private static final DecodingStrategy DECODING = DecodingStrategy.beam(60, 5, 0);

  private static final int LONGEST = 50;
  private static final int TOGETHER = 128;

  private final EncoderDecoder network;
  private final List<String> phonemes;

  PronounceModel(EncoderDecoder network, List<String> phonemes) {
    this.network = network;
    this.phonemes = List.copyOf(phonemes);
  }

  static PronounceModel open(Backend backend, Path file) {
    EncoderDecoder network = EncoderDecoder.load(file, backend);
    String task = network.metadata().get(TASK);
    String names = network.metadata().get(PHONEMES);
    if (!PronounceTask.NAME.equals(task) || names == null) {
      network.close();
      throw new DataException(
          file.toString(),
          task == null ? "a model that names no task" : "a model of the task '" + task + "'",
          "a model of the task '" + PronounceTask.NAME + "' with its phonemes",
          "Give a file that 'recur4j train " + PronounceTask.NAME + "' wrote.");
    }
    List<String> phonemes = List.of(names.split(" ", -1));
    int letters = network.architecture().sourceVocabulary();
    int sounds = network.architecture().targetVocabulary();
    if (letters != PronounceData.LETTERS.length() || sounds != phonemes.size()) {
      network.close();
      throw new DataException(
          file.toString(),
          "a network from " + letters + " letters to " + sounds + " phonemes",
          PronounceData.LETTERS.length() + " letters and " + phonemes.size() + " phonemes",
          "Give a file that 'recur4j train " + PronounceTask.NAME + "' wrote.");
    }
    return new PronounceModel(network, phonemes);
  }

  /** The best pronunciation of each word. */
  List<DecodedSequence> pronounce(List<int[]> words) {
    List<DecodedSequence> said = new ArrayList<>();
    for (int from = 0; from < words.size(); from += TOGETHER) {
      List<int[]> part = words.subList(from, Math.min(words.size(), from + TOGETHER));
      network.translate(part, DECODING).forEach(beam -> said.add(beam.get(0)));
    }
    return said;
  }

  @Override
  public List<Prediction> predict(List<String> inputs) {
    List<DecodedSequence> said = pronounce(inputs.stream().map(PronounceModel::letters).toList());
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      List<String> names = names(said.get(i));
      predictions.add(
          new Prediction(
              inputs.get(i),
              String.join(" ", names),
              Map.of("PROBABILITY", Math.exp(said.get(i).logProbability())),
              picture(inputs.get(i), said.get(i)).map(AttentionPicture::text).orElse(List.of())));
    }
    return predictions;
  }

  @Override
  public String draw(String input) {
    DecodedSequence said = pronounce(List.of(letters(input))).get(0);
    return picture(input, said)
        .orElseThrow(
            () ->
                new DataException(
                    "the model",
                    "no attention to draw",
                    "a model trained with attention",
                    "Train with --attention general."))
        .svg(input + " → " + String.join(" ", names(said)));
  }

  private java.util.Optional<AttentionPicture> picture(String input, DecodedSequence said) {
    if (said.attention().length == 0) {
      return java.util.Optional.empty();
    }
    List<String> letters =
        word(input).toUpperCase(Locale.ROOT).chars().mapToObj(Character::toString).toList();
    return java.util.Optional.of(new AttentionPicture(letters, names(said), said.attention()));
  }

  private List<String> names(DecodedSequence said) {
    return Arrays.stream(said.tokens()).mapToObj(phonemes::get).toList();
  }

  private static String word(String input) {
    return Normalizer.normalize(input.strip(), Normalizer.Form.NFC);
  }

  private static int[] letters(String input) {
    int[] letters = PronounceData.encode(word(input));
    if (letters.length == 0
        || letters.length > LONGEST
        || Arrays.stream(letters).anyMatch(letter -> letter < 0)) {
      throw new DataException(
          "the input '" + (input.length() > 40 ? input.substring(0, 40) + "…" : input) + "'",
          letters.length == 0 || letters.length > LONGEST
              ? letters.length + " characters"
              : "a character that is neither a letter nor an apostrophe",
          "a word of 1 to " + LONGEST + " letters A to Z and apostrophes",
          "Give one word at a time, without accents.");
    }
    return letters;
  }

  @Override
  public PronounceModel at(Precision precision) {
    return new PronounceModel(network.at(precision), phonemes);
  }

  @Override
  public long packedBytes() {
    return network.packedBytes();
  }

  @Override
  public void save(Path file) {
    network.save(file, Map.of(TASK, PronounceTask.NAME, PHONEMES, String.join(" ", phonemes)));
  }

  @Override
  public void close() {
    network.close();
  }
}
