package org.recur4j.examples.syllables;

import java.util.List;
import org.recur4j.models.data.DataException;

/**
 * A word with its syllables.
 *
 * @param spelling as it is written, in lower case
 * @param syllables at least one, each of at least one phoneme
 */
public record SyllableWord(String spelling, List<List<String>> syllables) {
  /** Copies the lists; refuses a word without phonemes. */
  public SyllableWord {
    syllables = syllables.stream().map(List::copyOf).toList();
    if (syllables.isEmpty() || syllables.stream().anyMatch(List::isEmpty)) {
      throw new DataException(
          "the word '" + spelling + "'",
          "a syllable without phonemes",
          "at least one phoneme in each",
          "Correct the dictionary.");
    }
  }

  /**
   * Its sounds.
   *
   * @return at least one
   */
  public List<String> phonemes() {
    return syllables.stream().flatMap(List::stream).toList();
  }

  /**
   * Where syllables begin.
   *
   * @return for each phoneme 1 if a syllable begins with it, else 0
   */
  public int[] starts() {
    int[] starts = new int[syllables.stream().mapToInt(List::size).sum()];
    int at = 0;
    for (List<String> syllable : syllables) {
      starts[at] = 1;
      at += syllable.size();
    }
    return starts;
  }
}
