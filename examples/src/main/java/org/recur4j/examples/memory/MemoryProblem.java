package org.recur4j.examples.memory;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.data.HashSplit;
import org.recur4j.models.training.Example;

/** A source of sequences whose answer depends on steps long ago. */
public sealed interface MemoryProblem permits AddingProblem, CopyProblem, TemporalOrderProblem {
  /**
   * How long its sequences are.
   *
   * @return T, the longest if they differ
   */
  int length();

  /**
   * One sequence.
   *
   * @param draw its random numbers
   * @return the sequence with its answer
   */
  Example example(Draw draw);

  /**
   * Sequences with their answers; the same seed gives the same, and the first of many are the few.
   *
   * @param seed any number
   * @param part parts share no sequence but by accident
   * @param count at least 1
   * @return the sequences
   */
  default List<Example> examples(long seed, HashSplit.Part part, int count) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      examples.add(example(Draw.of(seed, part, i)));
    }
    return examples;
  }

  /**
   * Refuses a length that leaves nothing to remember.
   *
   * @param problem its name
   * @param length T
   * @param least the shortest that makes sense
   */
  static void atLeast(String problem, int length, int least) {
    if (length < least) {
      throw new InvalidArgumentException(
          problem, "length " + length, "at least " + least, "Choose longer sequences");
    }
  }
}
