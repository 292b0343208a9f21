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
 * A split into training, validation and test part by the SHA-256 of an example's text in Unicode
 * Normalization Form C. An example always belongs to the same part, independently of the seed, the
 * order, the rest of the data and the encoding of the text, so that no result is measured on
 * examples that an earlier run was trained on.
 *
 * <p>An example is in the test part if the first byte is below {@code testBelow}, else in the
 * validation part if the second byte is below {@code validationBelow}, else in the training part.
 *
 * @param testBelow 0 to 255; the test part has about testBelow/256 of all examples
 * @param validationBelow 0 to 255; the validation part has about validationBelow/256 of the others
 */
public record HashSplit(int testBelow, int validationBelow) {
  private static final int TENTH = 26;

  /** A part of the data. */
  public enum Part {
    /** Examples that a model is trained on. */
    TRAINING,
    /** Examples for model selection. */
    VALIDATION,
    /** Examples for the final evaluation. */
    TEST
  }

  /** Checks that the bounds are from 0 to 255. */
  public HashSplit {
    if (testBelow < 0 || testBelow > 255 || validationBelow < 0 || validationBelow > 255) {
      throw new DataException(
          "the split",
          "bounds " + testBelow + " and " + validationBelow,
          "0 to 255 each",
          "Use 26 for about a tenth.");
    }
  }

  /**
   * Returns a split with about a tenth for test and a tenth of the rest for validation.
   *
   * @return the split with bounds 26 and 26
   */
  public static HashSplit tenths() {
    return new HashSplit(TENTH, TENTH);
  }

  /**
   * Returns the part of an example.
   *
   * @param text its text, as the model reads it
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
   * Splits examples by group: all examples of one group, such as a person, a machine or a document,
   * are in the same part, so that a model is never measured on a group that it was trained on. The
   * parts have about the shares that the bounds give if there are many groups of similar size.
   *
   * @param examples the examples, any number
   * @param group returns the name of an example's group
   * @param <E> the type of the examples
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
