package org.recur4j.models.seq2seq;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * A sequence and what it becomes. The arrays are not copied.
 *
 * @param source indices below the source vocabulary; may be empty
 * @param target indices below the target vocabulary; may be empty
 */
public record SequencePair(int[] source, int[] target) {
  /** Refuses a missing side. */
  public SequencePair {
    if (source == null || target == null) {
      throw new InvalidArgumentException(
          "SequencePair",
          source == null ? "no source" : "no target",
          "two sequences of indices",
          "Use an empty array where nothing is said");
    }
  }
}
