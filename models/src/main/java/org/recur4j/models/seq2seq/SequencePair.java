package org.recur4j.models.seq2seq;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * A source sequence and its target sequence. The arrays are not copied.
 *
 * @param source indices below the size of the source vocabulary; may be empty
 * @param target indices below the size of the target vocabulary; may be empty
 */
public record SequencePair(int[] source, int[] target) {
  /** Validates that both sequences are given. */
  public SequencePair {
    if (source == null || target == null) {
      throw new InvalidArgumentException(
          "SequencePair",
          source == null ? "no source" : "no target",
          "two sequences of indices",
          "Use an empty array for an empty sequence");
    }
  }
}
