package org.recur4j.models.data;

import java.text.Normalizer;

/**
 * An example for a text classifier.
 *
 * @param text the text, stored in Unicode Normalization Form C
 * @param label the index of its label, see {@link LabelSet}
 */
public record LabeledText(String text, int label) {
  /** Normalizes the text and checks the label. */
  public LabeledText {
    text = Normalizer.normalize(text, Normalizer.Form.NFC);
    if (label < 0) {
      throw new DataException(
          "the example '" + text + "'",
          "label index " + label,
          "at least 0",
          "Get it from LabelSet.indexOf.");
    }
  }
}
