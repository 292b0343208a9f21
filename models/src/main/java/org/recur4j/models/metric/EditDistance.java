package org.recur4j.models.metric;

import java.util.Arrays;
import java.util.List;

/**
 * The fewest changes that turn what was right into what was given (Levenshtein 1966). Where several
 * ways need as few changes, it is one with the most substitutions.
 *
 * @param substitutions symbols replaced by others
 * @param insertions symbols given that are not there
 * @param deletions symbols left out
 */
public record EditDistance(int substitutions, int insertions, int deletions) {
  /**
   * Compares two sequences of indices.
   *
   * @param expected what was right
   * @param given what was given
   * @return the changes
   */
  public static EditDistance between(int[] expected, int[] given) {
    return between(Arrays.stream(expected).boxed().toList(), Arrays.stream(given).boxed().toList());
  }

  /**
   * Compares two sequences of anything that has an {@code equals}: words, phonemes, characters.
   *
   * @param expected what was right
   * @param given what was given
   * @return the changes
   */
  public static EditDistance between(List<?> expected, List<?> given) {
    EditDistance[] row = new EditDistance[given.size() + 1];
    for (int g = 0; g < row.length; g++) {
      row[g] = new EditDistance(0, g, 0);
    }
    for (int e = 0; e < expected.size(); e++) {
      EditDistance diagonal = row[0];
      row[0] = new EditDistance(0, 0, e + 1);
      for (int g = 0; g < given.size(); g++) {
        boolean equal = expected.get(e).equals(given.get(g));
        EditDistance replaced = equal ? diagonal : diagonal.plus(1, 0, 0);
        EditDistance deleted = fewer(replaced, row[g + 1].plus(0, 0, 1));
        diagonal = row[g + 1];
        row[g + 1] = fewer(deleted, row[g].plus(0, 1, 0));
      }
    }
    return row[given.size()];
  }

  private static EditDistance fewer(EditDistance a, EditDistance b) {
    boolean fewer = b.total() < a.total();
    boolean equal = b.total() == a.total();
    return fewer || (equal && b.substitutions > a.substitutions) ? b : a;
  }

  private EditDistance plus(int substituted, int inserted, int deleted) {
    return new EditDistance(
        substitutions + substituted, insertions + inserted, deletions + deleted);
  }

  /**
   * All changes.
   *
   * @return at least 0
   */
  public int total() {
    return substitutions + insertions + deletions;
  }
}
