package org.recur4j.examples.syllables;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.HashSplit;

/**
 * Words in three parts, by the hash of their spelling: test where the first byte of its SHA-256 is
 * below 26, a tenth.
 *
 * @param training what the model learns from
 * @param validation about three in a hundred of the rest, looked at after every epoch
 * @param test what is looked at once, at the end
 */
public record SyllableData(
    List<SyllableWord> training, List<SyllableWord> validation, List<SyllableWord> test) {
  private static final HashSplit SPLIT = new HashSplit(26, 8);

  /** Refuses a part without words. */
  public SyllableData {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
    if (training.isEmpty() || validation.isEmpty() || test.isEmpty()) {
      throw new DataException(
          "the dictionary",
          training.size() + ", " + validation.size() + " and " + test.size() + " words",
          "at least one for training, validation and test",
          "Give a longer dictionary.");
    }
  }

  /**
   * Divides words.
   *
   * @param words any order
   * @param step 1 for all, n for every n-th
   * @return the parts
   */
  public static SyllableData of(List<SyllableWord> words, int step) {
    List<SyllableWord> training = new ArrayList<>();
    List<SyllableWord> validation = new ArrayList<>();
    List<SyllableWord> test = new ArrayList<>();
    for (int i = 0; i < words.size(); i += step) {
      SyllableWord word = words.get(i);
      switch (SPLIT.partOf(word.spelling())) {
        case TRAINING -> training.add(word);
        case VALIDATION -> validation.add(word);
        case TEST -> test.add(word);
      }
    }
    return new SyllableData(training, validation, test);
  }
}
