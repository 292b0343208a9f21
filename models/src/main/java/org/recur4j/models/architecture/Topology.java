package org.recur4j.models.architecture;

/**
 * How inputs and outputs correspond: the columns of the figure in Karpathy's "The Unreasonable
 * Effectiveness of Recurrent Neural Networks" (2015). An encoder–decoder is two networks, {@link
 * org.recur4j.models.seq2seq.EncoderDecoder}.
 */
public enum Topology {
  /** One vector (or index) in, one out: sequences of exactly one step, no recurrence. */
  ONE_TO_ONE,
  /**
   * One start in, a sequence out: each answer is the next step's input. Learned from sequences
   * shifted by one step, with an answer for each; forward only, because what follows is not there
   * yet.
   */
  ONE_TO_MANY,
  /** A sequence in, one answer out. */
  MANY_TO_ONE,
  /** A sequence in, an answer for each of its steps. */
  MANY_TO_MANY;

  /**
   * Whether every step has an answer.
   *
   * @return true where the output is {@code [T, B, C]}, false where it is {@code [B, C]}
   */
  public boolean isAligned() {
    return this == ONE_TO_MANY || this == MANY_TO_MANY;
  }
}
