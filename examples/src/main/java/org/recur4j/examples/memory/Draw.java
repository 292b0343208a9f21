package org.recur4j.examples.memory;

import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.models.data.HashSplit;

/**
 * The random numbers of one sequence: a function of seed, part and the sequence's number, so that
 * more sequences never change the earlier ones and no part repeats another.
 *
 * @param generator key
 * @param stream one for each part
 * @param sequence from 0
 */
record Draw(Philox generator, long stream, int sequence) {
  /** Places of the integers, far behind those of the uniforms, with which they share no bits. */
  private static final long INTEGERS = 1L << 40;

  static Draw of(long seed, HashSplit.Part part, int sequence) {
    int index =
        switch (part) {
          case TRAINING -> 0;
          case VALIDATION -> 1;
          case TEST -> 2;
        };
    return new Draw(new Philox(seed), RandomStream.CUSTOM.at(index), sequence);
  }

  /** In [0, 1). */
  float uniform(int place) {
    return generator.uniform(stream, sequence, place);
  }

  /** In [0, bound). */
  int below(int bound, int place) {
    return generator.bounded(bound, stream, sequence, INTEGERS + place);
  }
}
