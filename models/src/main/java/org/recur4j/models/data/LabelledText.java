package org.recur4j.models.data;

import java.util.Objects;

/**
 * One example for a text classifier.
 *
 * @param text the text
 * @param label the index of its label, see {@link LabelSet}
 */
public record LabelledText(String text, int label) {
  /** Refuses null and a negative label. */
  public LabelledText {
    Objects.requireNonNull(text, "text");
    if (label < 0) {
      throw new DataException(
          "the example '" + text + "'",
          "label index " + label,
          "at least 0",
          "Take it from LabelSet.indexOf.");
    }
  }
}
