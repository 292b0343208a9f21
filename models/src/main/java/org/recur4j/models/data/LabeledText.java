package org.recur4j.models.data;

import java.text.Normalizer;

/**
 * One example for a text classifier.
 *
 * @param text the text; kept in Unicode Normalization Form C
 * @param label the index of its label, see {@link LabelSet}
 */
public record LabeledText(String text, int label) {
  /** Composes the text; refuses null and a negative label. */
  public LabeledText {
    text = Normalizer.normalize(text, Normalizer.Form.NFC);
    if (label < 0) {
      throw new DataException(
          "the example '" + text + "'",
          "label index " + label,
          "at least 0",
          "Take it from LabelSet.indexOf.");
    }
  }
}
