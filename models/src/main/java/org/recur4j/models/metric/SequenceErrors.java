package org.recur4j.models.metric;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * The errors of generated sequences over a data set. For pronunciations, the symbols are phonemes,
 * so that {@link #symbolRate} is the phoneme error rate and {@link #sequenceRate} the word error
 * rate; for speech recognition, the symbols are words, so that {@code symbolRate} is the word error
 * rate and {@code sequenceRate} the sentence error rate.
 *
 * @param sequences the number of sequences compared
 * @param wrong the number of sequences with an edit distance above 0
 * @param edits the total number of edits
 * @param symbols the total number of symbols of the expected sequences
 */
public record SequenceErrors(long sequences, long wrong, long edits, long symbols) {
  /**
   * Returns errors without sequences.
   *
   * @return errors that are all 0
   */
  public static SequenceErrors none() {
    return new SequenceErrors(0, 0, 0, 0);
  }

  /**
   * Adds the comparison of one sequence.
   *
   * @param expected the expected sequence
   * @param given the given sequence
   * @return the new total
   */
  public SequenceErrors plus(List<?> expected, List<?> given) {
    int edited = EditDistance.between(expected, given).total();
    return new SequenceErrors(
        sequences + 1, wrong + (edited > 0 ? 1 : 0), edits + edited, symbols + expected.size());
  }

  /**
   * Adds the comparison of one sequence with several alternatives, of which the one with the lowest
   * edit distance per symbol counts; of equal ones, the first.
   *
   * @param expected the alternatives, at least one
   * @param given the given sequence
   * @return the new total
   * @throws InvalidArgumentException if there are no alternatives
   */
  public SequenceErrors plusAny(List<? extends List<?>> expected, List<?> given) {
    if (expected.isEmpty()) {
      throw new InvalidArgumentException(
          "SequenceErrors", "no expected sequence", "at least one", "Omit such sequences");
    }
    List<?> nearest = null;
    double fewest = Double.POSITIVE_INFINITY;
    for (List<?> candidate : expected) {
      int edited = EditDistance.between(candidate, given).total();
      double share = edited == 0 ? 0 : (double) edited / candidate.size();
      if (nearest == null || share < fewest) {
        nearest = candidate;
        fewest = share;
      }
    }
    return plus(nearest, given);
  }

  /**
   * Adds the errors of another part of the set.
   *
   * @param other the errors of other sequences
   * @return the sum of both
   */
  public SequenceErrors plus(SequenceErrors other) {
    return new SequenceErrors(
        sequences + other.sequences,
        wrong + other.wrong,
        edits + other.edits,
        symbols + other.symbols);
  }

  /**
   * Returns the symbol error rate, the number of edits per expected symbol.
   *
   * @return the rate, at least 0; may exceed 1 if the given sequences are longer; NaN without
   *     symbols
   */
  public double symbolRate() {
    return (double) edits / symbols;
  }

  /**
   * Returns the sequence error rate, the fraction of sequences with errors.
   *
   * @return in [0, 1]; NaN without sequences
   */
  public double sequenceRate() {
    return (double) wrong / sequences;
  }
}
