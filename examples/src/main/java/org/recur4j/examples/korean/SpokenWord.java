package org.recur4j.examples.korean;

import java.text.Normalizer;

/**
 * A word as it is written and as it is spoken, in Unicode Normalization Form C: a character is a
 * whole syllable.
 *
 * @param written Hangul and blanks
 * @param spoken the same number of characters
 */
public record SpokenWord(String written, String spoken) {
  /** Composes syllables. */
  public SpokenWord {
    written = Normalizer.normalize(written, Normalizer.Form.NFC);
    spoken = Normalizer.normalize(spoken, Normalizer.Form.NFC);
  }
}
