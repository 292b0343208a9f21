package org.recur4j.models.data;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;

/**
 * The labels that a classifier tells apart, in Unicode Normalization Form C; a label's index is its
 * place.
 *
 * @param names at least one, all different, none blank, none with a line break or another control
 *     character: model files keep them as lines
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
   * A set from its names.
   *
   * @param names in the order of their indices
   * @return the set
   */
  public static LabelSet of(String... names) {
    return new LabelSet(List.of(names));
  }

  /**
   * How many there are.
   *
   * @return at least 1
   */
  public int size() {
    return names.size();
  }

  /**
   * A label's index.
   *
   * @param name the label, composed or decomposed
   * @param source where it was found, for the message
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
          "Correct the label, or train with it.");
    }
    return index;
  }
}
