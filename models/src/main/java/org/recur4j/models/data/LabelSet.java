package org.recur4j.models.data;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;

/**
 * The labels of a classifier, in Unicode Normalization Form C; a label's index is its position.
 *
 * @param names at least one, all different, none blank, none with a line break or another control
 *     character, because model files store one label per line
 */
public record LabelSet(List<String> names) {
  /** Refuses an empty list, blanks, control characters and repetitions. */
  public LabelSet {
    names = names.stream().map(LabelSet::compose).toList();
    if (names.isEmpty()
        || !names.stream().allMatch(LabelSet::isLabel)
        || new HashSet<>(names).size() < names.size()) {
      throw new DataException(
          "the labels",
          names.toString(),
          "at least one, all different, none blank, none with control characters",
          "Correct the list of labels.");
    }
  }

  private static String compose(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  private static boolean isLabel(String name) {
    return !name.isBlank() && name.chars().noneMatch(Character::isISOControl);
  }

  /**
   * Returns a label set.
   *
   * @param names in the order of their indices
   * @return the set
   */
  public static LabelSet of(String... names) {
    return new LabelSet(List.of(names));
  }

  /**
   * Returns the number of labels.
   *
   * @return at least 1
   */
  public int size() {
    return names.size();
  }

  /**
   * Returns the index of a label.
   *
   * @param name the label, composed or decomposed
   * @param source the label's source, for the message
   * @return 0 to size − 1
   * @throws DataException if there is no such label
   */
  public int indexOf(String name, String source) {
    int index = names.indexOf(compose(name));
    if (index < 0) {
      throw new DataException(
          source,
          "the unknown label '" + name + "'",
          "one of " + String.join(", ", names),
          "Correct the label, or add it to the label set before training.");
    }
    return index;
  }
}
