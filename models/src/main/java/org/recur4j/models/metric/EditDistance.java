package org.recur4j.models.metric;

import java.util.Arrays;
import java.util.List;

/**
 * The edit distance, the smallest number of edits that turn the expected into the given sequence
 * (Levenshtein 1966). If several ways need the same number of edits, it is one with the most
 * substitutions.
 *
 * @param substitutions the number of replaced symbols
 * @param insertions the number of additional symbols in the given sequence
 * @param deletions the number of symbols missing from the given sequence
 */
public record EditDistance(int substitutions, int insertions, int deletions) {
  /**
   * Compares two sequences of indices.
   *
   * @param expected the expected sequence
   * @param given the given sequence
   * @return the edits
   */
  public static EditDistance between(int[] expected, int[] given) {
    return between(Arrays.stream(expected).boxed().toList(), Arrays.stream(given).boxed().toList());
  }

  /**
   * Compares two sequences by {@code equals} of their elements, such as words, phonemes or
   * characters.
   *
   * @param expected the expected sequence
   * @param given the given sequence
   * @return the edits
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
   * Returns the total number of edits.
   *
   * @return the sum, at least 0
   */
  public int total() {
    return substitutions + insertions + deletions;
  }
}
