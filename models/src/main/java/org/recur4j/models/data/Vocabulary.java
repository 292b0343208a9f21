package org.recur4j.models.data;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * An immutable mapping from characters to indices. Index 0 is padding, index 1 stands for all
 * unknown characters, and known characters have indices from 2. Model files store the text {@link
 * #characters()}.
 *
 * <p>A character is a Unicode code point. Texts are read in Unicode Normalization Form C, so that é
 * is one character however it was typed; see {@link #normalize(String)}.
 */
public final class Vocabulary {
  /** The index of padding. */
  public static final int PADDING = 0;

  /** The index of unknown characters. */
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
            "half a surrogate pair at position " + i,
            "whole characters",
            "Read the text as UTF-8.");
      }
      if (indices.put(codePoint, FIRST + i) != null) {
        throw new DataException(
            "the vocabulary",
            "the character '" + Character.toString(codePoint) + "' twice",
            "every character once",
            "Get a new copy of the model, whose description is damaged.");
      }
    }
    addComposedForms();
  }

  /** Maps the composed form of characters such as the Ångström sign, which Form C replaces. */
  private void addComposedForms() {
    for (int i = 0; i < codePoints.length; i++) {
      String composed = compose(Character.toString(codePoints[i]));
      if (composed.codePointCount(0, composed.length()) == 1) {
        indices.putIfAbsent(composed.codePointAt(0), FIRST + i);
      }
    }
  }

  /**
   * Returns the vocabulary of the characters of a text, in its order; the inverse of {@link
   * #characters()}.
   *
   * @param characters the known characters, each once
   * @return the vocabulary
   */
  public static Vocabulary of(String characters) {
    return new Vocabulary(characters.codePoints().toArray());
  }

  /**
   * Returns the vocabulary of the characters that occur in texts in Form C, in the order of their
   * code points. Use the training data only.
   *
   * @param texts the texts, any number
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
   * Returns the known characters, in the order of their indices.
   *
   * @return a text for {@link #of(String)}
   */
  public String characters() {
    return new String(codePoints, 0, codePoints.length);
  }

  /**
   * Returns the number of indices, padding and unknown included, for an embedding.
   *
   * @return at least 2
   */
  public int size() {
    return FIRST + codePoints.length;
  }

  /**
   * Returns the index of a character.
   *
   * @param codePoint the character
   * @return 1 (unknown) or 2 to size − 1
   */
  public int indexOf(int codePoint) {
    return indices.getOrDefault(codePoint, UNKNOWN);
  }

  /**
   * Returns a text in Unicode Normalization Form C, so that texts that look the same are equal. An
   * unknown character whose parts are all known, such as é in a vocabulary collected from
   * decomposed text, is decomposed.
   *
   * @param text any text
   * @return the normalized text, one character for each index of {@link #encode(String)}
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
   * Encodes a text as indices.
   *
   * @param text any text
   * @return one index for each character of {@link #normalize(String)}, never {@link #PADDING}
   */
  public int[] encode(String text) {
    return normalize(text).codePoints().map(this::indexOf).toArray();
  }

  /**
   * Returns the characters of a text that {@link #encode(String)} maps to {@link #UNKNOWN}.
   *
   * @param text any text
   * @return one string for each such character, in the order of the text, repetitions included;
   *     empty if every character is known
   */
  public List<String> unknownSymbols(String text) {
    return normalize(text)
        .codePoints()
        .filter(character -> !indices.containsKey(character))
        .mapToObj(Character::toString)
        .toList();
  }

  /**
   * Decodes indices to a text. Padding is omitted, unknown becomes U+FFFD.
   *
   * @param encoded indices from 0 to size − 1
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
