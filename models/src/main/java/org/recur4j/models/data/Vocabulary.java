package org.recur4j.models.data;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Characters as indices. Index 0 is padding, index 1 stands for every character that was not in the
 * training data, the known ones follow from 2. Immutable. Its stored form, in a model file for
 * instance, is the text {@link #characters()}.
 *
 * <p>A character is a Unicode code point, so that an emoji is one, not two. Texts are read in
 * Unicode Normalization Form C, so that é is one character however it was typed, see {@link
 * #normalize(String)}.
 */
public final class Vocabulary {
  /** Fills rows beyond their length. */
  public static final int PADDING = 0;

  /** Every character that has no index of its own. */
  public static final int UNKNOWN = 1;

  private static final int FIRST = 2;
  private static final int REPLACEMENT = 0xFFFD;

  private final int[] codePoints;
  private final Map<Integer, Integer> indices = new HashMap<>();

  private Vocabulary(int[] codePoints) {
    this.codePoints = codePoints;
    for (int i = 0; i < codePoints.length; i++) {
      int codePoint = codePoints[i];
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        throw new DataException(
            "the vocabulary",
            "half a surrogate pair at place " + i,
            "whole characters",
            "Read the text as UTF-8.");
      }
      if (indices.put(codePoint, FIRST + i) != null) {
        throw new DataException(
            "the vocabulary",
            "the character '" + Character.toString(codePoint) + "' twice",
            "every character once",
            "The model's description is damaged: take a fresh copy.");
      }
    }
    addComposedForms();
  }

  /** Characters such as the Ångström sign, which no text in Form C has, are found by the letter. */
  private void addComposedForms() {
    for (int i = 0; i < codePoints.length; i++) {
      String composed = compose(Character.toString(codePoints[i]));
      if (composed.codePointCount(0, composed.length()) == 1) {
        indices.putIfAbsent(composed.codePointAt(0), FIRST + i);
      }
    }
  }

  /**
   * The vocabulary whose known characters are those of a text, in its order; the inverse of {@link
   * #characters()}.
   *
   * @param characters every character once
   * @return the vocabulary
   */
  public static Vocabulary of(String characters) {
    return new Vocabulary(characters.codePoints().toArray());
  }

  /**
   * The characters that occur in texts in Form C, in the order of their code points. Use the
   * training data only.
   *
   * @param texts any number
   * @return the vocabulary
   */
  public static Vocabulary collect(Iterable<String> texts) {
    TreeSet<Integer> found = new TreeSet<>();
    for (String text : texts) {
      compose(text).codePoints().forEach(found::add);
    }
    return new Vocabulary(found.stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * The known characters, in the order of their indices.
   *
   * @return a text for {@link #of(String)}
   */
  public String characters() {
    return new String(codePoints, 0, codePoints.length);
  }

  /**
   * The number of indices, padding and unknown included: what an embedding needs.
   *
   * @return at least 2
   */
  public int size() {
    return FIRST + codePoints.length;
  }

  /**
   * A character's index.
   *
   * @param codePoint the character
   * @return 1 (unknown) or 2 to size − 1
   */
  public int indexOf(int codePoint) {
    return indices.getOrDefault(codePoint, UNKNOWN);
  }

  /**
   * A text as it is read: in Unicode Normalization Form C, so that texts that look the same are the
   * same. A character that is unknown although all its parts are known, such as é to a vocabulary
   * that was collected from decomposed text, is written in its parts.
   *
   * @param text any text
   * @return the same to a reader; one character for each index of {@link #encode(String)}
   */
  public String normalize(String text) {
    StringBuilder read = new StringBuilder(text.length());
    compose(text).codePoints().forEach(character -> read.append(spelled(character)));
    return read.toString();
  }

  private String spelled(int character) {
    String whole = Character.toString(character);
    if (indices.containsKey(character)) {
      return whole;
    }
    String parts = Normalizer.normalize(whole, Normalizer.Form.NFD);
    return parts.codePoints().allMatch(indices::containsKey) ? parts : whole;
  }

  private static String compose(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /**
   * A text as indices.
   *
   * @param text any text
   * @return one index for each character of {@link #normalize(String)}, never {@link #PADDING}
   */
  public int[] encode(String text) {
    return normalize(text).codePoints().map(this::indexOf).toArray();
  }

  /**
   * The characters of a text that {@link #encode(String)} gives the index {@link #UNKNOWN}.
   *
   * @param text any text
   * @return one string for each such character, in the order of the text, repetitions included;
   *     empty where every character is known
   */
  public List<String> unknownSymbols(String text) {
    return normalize(text)
        .codePoints()
        .filter(character -> !indices.containsKey(character))
        .mapToObj(Character::toString)
        .toList();
  }

  /**
   * Indices as a text. Padding is left out, unknown becomes U+FFFD.
   *
   * @param encoded indices below the size
   * @return the text
   */
  public String decode(int[] encoded) {
    StringBuilder text = new StringBuilder();
    for (int index : encoded) {
      if (index < 0 || index >= size()) {
        throw new DataException(
            "the encoded text",
            "index " + index,
            "0 to " + (size() - 1),
            "Decode with the vocabulary that encoded it.");
      }
      if (index != PADDING) {
        text.appendCodePoint(index == UNKNOWN ? REPLACEMENT : codePoints[index - FIRST]);
      }
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that && Arrays.equals(codePoints, that.codePoints);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(codePoints);
  }

  @Override
  public String toString() {
    return "Vocabulary[" + characters() + "]";
  }
}
