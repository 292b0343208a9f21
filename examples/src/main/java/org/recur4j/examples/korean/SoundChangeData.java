package org.recur4j.examples.korean;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.HashSplit;

/**
 * Words in three parts, by the hash of how they are written: test where the first byte of its
 * SHA-256 is below 26, a tenth. Judged are real words only; the compounds join the training part.
 *
 * @param training what the model learns from
 * @param validation real words, looked at after every epoch
 * @param test real words, looked at once, at the end
 */
public record SoundChangeData(
    List<SpokenWord> training, List<SpokenWord> validation, List<SpokenWord> test) {
  private static final HashSplit SPLIT = new HashSplit(26, 8);

  /** Refuses a part without words. */
  public SoundChangeData {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
    if (training.isEmpty() || validation.isEmpty() || test.isEmpty()) {
      throw new DataException(
          "the Korean words",
          training.size() + ", " + validation.size() + " and " + test.size(),
          "at least one for training, validation and test",
          "Give longer lists.");
    }
  }

  /**
   * Divides words.
   *
   * @param words real ones
   * @param compounds pairs of them
   * @param apart how far the training part keeps away from the test words
   * @return the parts
   */
  public static SoundChangeData of(
      List<SpokenWord> words, List<SpokenWord> compounds, TestWords apart) {
    List<SpokenWord> training = new ArrayList<>();
    List<SpokenWord> validation = new ArrayList<>();
    List<SpokenWord> test = new ArrayList<>();
    for (SpokenWord word : words) {
      switch (SPLIT.partOf(word.written())) {
        case TRAINING -> training.add(word);
        case VALIDATION -> validation.add(word);
        case TEST -> test.add(word);
      }
    }
    Set<String> held = new HashSet<>();
    test.forEach(word -> held.add(word.written()));
    boolean inside = apart == TestWords.INSIDE;
    training.removeIf(word -> inside && contains(word.written(), held));
    for (SpokenWord compound : compounds) {
      String text = compound.written();
      boolean holds = inside && (contains(text, held) || beginsOrEnds(text, held));
      if (!holds && !held.contains(text)) {
        training.add(compound);
      }
    }
    return new SoundChangeData(training, validation, test);
  }

  private static boolean contains(String text, Set<String> held) {
    for (int from = 0; from < text.length(); from++) {
      for (int to = from + 2; to <= text.length(); to++) {
        if (held.contains(text.substring(from, to))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean beginsOrEnds(String text, Set<String> held) {
    for (int at = 1; at < text.length(); at++) {
      if (held.contains(text.substring(0, at)) || held.contains(text.substring(at))) {
        return true;
      }
    }
    return false;
  }
}
