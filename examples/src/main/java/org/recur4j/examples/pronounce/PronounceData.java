package org.recur4j.examples.pronounce;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.recur4j.models.data.HashSplit;

/**
 * Words of the CMU Pronouncing Dictionary with their phonemes, stress digits dropped. A word of
 * letters and apostrophes is in one part with all its pronunciations, whatever the seed.
 *
 * @param phonemes all phonemes, sorted; a phoneme's index is its place
 * @param training what the model learns from
 * @param validation what choices are made on
 * @param test what is looked at once, at the end
 */
public record PronounceData(
    List<String> phonemes, List<Word> training, List<Word> validation, List<Word> test) {
  /** The letters of a word; a letter's index is its place. */
  public static final String LETTERS = "'ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private static final String RESOURCE = "cmudict-0.7b.txt.gz";
  private static final Pattern WORD = Pattern.compile("(['A-Z]+)(?:\\([0-9]+\\))?");

  /** A tenth for the test; 3 % of the others are enough to tell models apart by. */
  private static final HashSplit SPLIT = new HashSplit(26, 8);

  /**
   * A word.
   *
   * @param spelling of {@link #LETTERS}
   * @param pronunciations indices of phonemes, each pronunciation once, the dictionary's first
   */
  public record Word(String spelling, List<int[]> pronunciations) {
    /**
     * The letters as indices.
     *
     * @return one each
     */
    public int[] letters() {
      return encode(spelling);
    }
  }

  /**
   * Letters as indices.
   *
   * @param spelling in either case
   * @return one index a letter, −1 for what is no letter
   */
  public static int[] encode(String spelling) {
    return spelling.toUpperCase(Locale.ROOT).chars().map(LETTERS::indexOf).toArray();
  }

  /**
   * The dictionary that comes with the examples.
   *
   * @return 123,874 words
   */
  public static PronounceData load() {
    TreeMap<String, List<String[]>> words = new TreeMap<>();
    TreeSet<String> found = new TreeSet<>();
    try (InputStream resource = PronounceData.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new FileNotFoundException(RESOURCE + " beside " + PronounceData.class.getName());
      }
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.ISO_8859_1));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] sides = line.split(" {2}", 2);
        var word = WORD.matcher(sides[0]);
        if (sides.length == 2 && word.matches()) {
          String[] phonemes = sides[1].replaceAll("[0-9]", "").trim().split(" ");
          found.addAll(List.of(phonemes));
          words.computeIfAbsent(word.group(1), any -> new ArrayList<>()).add(phonemes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The dictionary of the examples cannot be read.", e);
    }
    return divide(List.copyOf(found), words);
  }

  /**
   * Every n-th word of each part, for quick trials.
   *
   * @param step n, at least 1
   * @return as many phonemes, fewer words
   */
  public PronounceData every(int step) {
    return new PronounceData(
        phonemes, every(step, training), every(step, validation), every(step, test));
  }

  private static List<Word> every(int step, List<Word> words) {
    List<Word> some = new ArrayList<>();
    for (int i = 0; i < words.size(); i += step) {
      some.add(words.get(i));
    }
    return some;
  }

  private static PronounceData divide(List<String> phonemes, Map<String, List<String[]>> words) {
    List<Word> training = new ArrayList<>();
    List<Word> validation = new ArrayList<>();
    List<Word> test = new ArrayList<>();
    words.forEach(
        (spelling, pronunciations) -> {
          Word word = new Word(spelling, encode(phonemes, pronunciations));
          switch (SPLIT.partOf(spelling)) {
            case TRAINING -> training.add(word);
            case VALIDATION -> validation.add(word);
            case TEST -> test.add(word);
          }
        });
    return new PronounceData(phonemes, training, validation, test);
  }

  /** Two pronunciations that differ in their stress alone are one. */
  private static List<int[]> encode(List<String> phonemes, List<String[]> pronunciations) {
    List<int[]> all = new ArrayList<>();
    for (String[] pronunciation : pronunciations) {
      int[] indices = new int[pronunciation.length];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = phonemes.indexOf(pronunciation[i]);
      }
      if (all.stream().noneMatch(other -> java.util.Arrays.equals(other, indices))) {
        all.add(indices);
      }
    }
    return all;
  }

  /**
   * Phonemes as text.
   *
   * @param indices of phonemes
   * @return e.g. {@code "HH AH L OW"}
   */
  public String phonemes(int... indices) {
    StringBuilder text = new StringBuilder();
    for (int index : indices) {
      text.append(text.isEmpty() ? "" : " ").append(phonemes.get(index));
    }
    return text.toString();
  }
}
