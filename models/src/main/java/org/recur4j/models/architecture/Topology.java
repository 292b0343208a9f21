package org.recur4j.models.architecture;

/**
 * The correspondence of inputs and outputs: the columns of the figure in Karpathy's "The
 * Unreasonable Effectiveness of Recurrent Neural Networks" (2015). For two networks as encoder and
 * decoder, see {@link org.recur4j.models.seq2seq.EncoderDecoder}.
 */
public enum Topology {
  /** One vector (or index) in, one output: sequences of exactly one step, without recurrence. */
  ONE_TO_ONE,
  /**
   * One start symbol in, a sequence out: each output is the input of the next step. Trained on
   * sequences shifted by one step, with a target for each step. Forward layers only, because later
   * steps do not exist yet during generation.
   */
  ONE_TO_MANY,
  /** A sequence in, one output. */
  MANY_TO_ONE,
  /** A sequence in, one output for each of its steps. */
  MANY_TO_MANY;

  /**
   * Returns whether every step has an output.
   *
   * @return true if the output is {@code [T, B, C]}, false if it is {@code [B, C]}
   */
  public boolean isAligned() {
    return this == ONE_TO_MANY || this == MANY_TO_MANY;
  }
}
