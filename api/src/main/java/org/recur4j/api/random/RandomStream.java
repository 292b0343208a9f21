package org.recur4j.api.random;

import org.recur4j.api.error.RecurException;

/**
 * The purposes that random numbers are drawn for. Each has its own counters, so that an additional
 * dropout layer never changes the initial weights, and an additional epoch never changes the split.
 *
 * <p>A stream is an unsigned 32-bit number: the purpose in the upper 8 bits, an index (the number
 * of the parameter, the layer or the session) in the lower 24. The numbers are part of the
 * definition: changing one changes every result.
 */
public enum RandomStream {
  /** Initial weights; the index is the parameter's number in its model. */
  INITIALIZATION(1),
  /** Dropout masks; the index is the layer's number, the step is the training step. */
  DROPOUT(2),
  /** The order of the examples in training; the step is the epoch. */
  SHUFFLE(3),
  /** The division into training, validation and test sets. */
  SPLIT(4),
  /** Sampling from a predicted distribution; the index is the session, the step is the position. */
  SAMPLING(5),
  /** Noise added to inputs, states or gradients. */
  NOISE(6),
  /**
   * Masks on hidden states; the index is the number of the recurrent layer, the step is the
   * training step.
   */
  RECURRENT_DROPOUT(7),
  /** Numbers for programs that use the library; the library never draws from it. */
  CUSTOM(255);

  private static final int INDEX_BITS = 24;

  /** The largest index, 2^24 − 1. */
  public static final int MAXIMUM_INDEX = (1 << INDEX_BITS) - 1;

  private final long number;

  RandomStream(int number) {
    this.number = number;
  }

  /**
   * Returns the stream with the given index.
   *
   * @param index 0 to {@link #MAXIMUM_INDEX}
   * @return the number of the stream, for {@link Philox}
   */
  public long at(int index) {
    if (index < 0 || index > MAXIMUM_INDEX) {
      throw new RecurException(
          "Random stream "
              + name()
              + ": got index "
              + index
              + ", expected 0 to "
              + MAXIMUM_INDEX
              + ". Number the parameters, layers or sessions from 0.");
    }
    return number << INDEX_BITS | index;
  }
}
