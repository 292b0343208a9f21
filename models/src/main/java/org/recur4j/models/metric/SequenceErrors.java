package org.recur4j.models.metric;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * How far generated sequences are from right ones, over a whole set. What the rates are called
 * depends on the field: for pronunciations the symbols are phonemes, so that {@link #symbolRate} is
 * the phoneme error rate and {@link #sequenceRate} the word error rate; for recognized speech the
 * symbols are words, so that {@code symbolRate} is the word error rate and {@code sequenceRate} the
 * sentence error rate.
 *
 * @param sequences how many were compared
 * @param wrong how many differ from what was right
 * @param edits changes over all sequences
 * @param symbols of the right sequences, all together
 */
public record SequenceErrors(long sequences, long wrong, long edits, long symbols) {
  /**
   * Nothing compared yet.
   *
   * @return all 0
   */
  public static SequenceErrors none() {
    return new SequenceErrors(0, 0, 0, 0);
  }

  /**
   * Compares one more sequence.
   *
   * @param expected what was right
   * @param given what was given
   * @return these errors and its
   */
  public SequenceErrors plus(List<?> expected, List<?> given) {
    int edited = EditDistance.between(expected, given).total();
    return new SequenceErrors(
        sequences + 1, wrong + (edited > 0 ? 1 : 0), edits + edited, symbols + expected.size());
  }

  /**
   * Compares one more sequence for which several answers are right: by the one with the fewest
   * changes a symbol, the first of equals.
   *
   * @param expected what was right, at least one
   * @param given what was given
   * @return these errors and its
   * @throws InvalidArgumentException if nothing was right
   */
  public SequenceErrors plusAny(List<? extends List<?>> expected, List<?> given) {
    if (expected.isEmpty()) {
      throw new InvalidArgumentException(
          "SequenceErrors", "no right answer", "at least one", "Leave such sequences out");
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
   * @param other errors of other sequences
   * @return both together
   */
  public SequenceErrors plus(SequenceErrors other) {
    return new SequenceErrors(
        sequences + other.sequences,
        wrong + other.wrong,
        edits + other.edits,
        symbols + other.symbols);
  }

  /**
   * Changes for each symbol that was right.
   *
   * @return at least 0, above 1 where too much was given; NaN without symbols
   */
  public double symbolRate() {
    return (double) edits / symbols;
  }

  /**
   * Share of sequences that are not right.
   *
   * @return in [0, 1]; NaN without sequences
   */
  public double sequenceRate() {
    return (double) wrong / sequences;
  }
}
