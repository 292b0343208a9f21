package org.recur4j.models.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Divides examples by the SHA-256 of their text in Unicode Normalization Form C, so that two ways
 * to encode one text never fall into two parts: an example always falls into the same part,
 * whatever the seed, the order or the rest of the data, so that no result is ever measured on what
 * an earlier run was trained on.
 *
 * <p>Test: the first byte is below {@code testBelow}. Validation: it is not, and the second byte is
 * below {@code validationBelow}. Training: the rest.
 *
 * @param testBelow 0 to 255; about testBelow/256 of all examples
 * @param validationBelow 0 to 255; about validationBelow/256 of the others
 */
public record HashSplit(int testBelow, int validationBelow) {
  private static final int TENTH = 26;

  /** The three parts. */
  public enum Part {
    /** What a model learns from. */
    TRAINING,
    /** What choices are made on. */
    VALIDATION,
    /** What is looked at once, at the end. */
    TEST
  }

  /** Refuses numbers that are not a byte. */
  public HashSplit {
    if (testBelow < 0 || testBelow > 255 || validationBelow < 0 || validationBelow > 255) {
      throw new DataException(
          "the division",
          "bounds " + testBelow + " and " + validationBelow,
          "0 to 255 each",
          "26 makes about a tenth.");
    }
  }

  /**
   * About a tenth for test and a tenth of the rest for validation.
   *
   * @return bounds 26 and 26
   */
  public static HashSplit tenths() {
    return new HashSplit(TENTH, TENTH);
  }

  /**
   * The part of an example.
   *
   * @param text its text, in the form in which the model sees it
   * @return the part
   */
  public Part partOf(String text) {
    byte[] hash = sha256(text);
    if (Byte.toUnsignedInt(hash[0]) < testBelow) {
      return Part.TEST;
    }
    return Byte.toUnsignedInt(hash[1]) < validationBelow ? Part.VALIDATION : Part.TRAINING;
  }

  /**
   * Divides examples by a group: all examples of one group, such as a person, a machine or a
   * document, fall into the same part, so that a model is never measured on a group it learned
   * from. The parts have about the shares of the bounds if there are many groups of similar size.
   *
   * @param examples any number
   * @param group the name of an example's group
   * @param <E> an example
   * @return a list for each part, in the order of the examples; a part may be empty
   */
  public <E> Map<Part, List<E>> byGroup(List<E> examples, Function<? super E, String> group) {
    Map<Part, List<E>> parts = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      parts.put(part, new ArrayList<>());
    }
    for (E example : examples) {
      parts.get(partOf(group.apply(example))).add(example);
    }
    return parts;
  }

  private static byte[] sha256(String text) {
    try {
      String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
      return MessageDigest.getInstance("SHA-256").digest(composed.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256; this one does not.", e);
    }
  }
}
