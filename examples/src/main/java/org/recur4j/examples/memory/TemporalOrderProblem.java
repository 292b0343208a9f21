package org.recur4j.examples.memory;

import org.recur4j.models.training.Example;

/**
 * Temporal order (Hochreiter, Schmidhuber 1997, experiment 6a): among distracting symbols stand two
 * that matter, each X or Y, the first in the second tenth of the sequence and the other in the
 * sixth. The answer is which two in which order: one of four classes.
 *
 * @param length T, at least 10; theirs was 100 to 110
 */
public record TemporalOrderProblem(int length) implements MemoryProblem {
  /** XX, XY, YX, YY. */
  public static final int CLASSES = 4;

  /** Different inputs: four distractors, X, Y, begin, end. */
  public static final int VOCABULARY = 8;

  private static final int DISTRACTORS = 4;
  private static final int RELEVANT = DISTRACTORS;
  private static final int BEGIN = 6;
  private static final int END = 7;
  private static final int TENTHS = 10;

  /** Checks the length. */
  public TemporalOrderProblem {
    MemoryProblem.atLeast("temporal order", length, TENTHS);
  }

  @Override
  public Example example(Draw draw) {
    int[] steps = new int[length];
    for (int t = 1; t < length - 1; t++) {
      steps[t] = draw.below(DISTRACTORS, t);
    }
    steps[0] = BEGIN;
    steps[length - 1] = END;
    int first = draw.below(2, length);
    int second = draw.below(2, length + 1);
    steps[place(draw, 1, length + 2)] = RELEVANT + first;
    steps[place(draw, 5, length + 3)] = RELEVANT + second;
    return Example.classified(steps, 2 * first + second);
  }

  private int place(Draw draw, int tenth, int drawn) {
    int from = tenth * length / TENTHS;
    int to = (tenth + 1) * length / TENTHS;
    return from + draw.below(to - from, drawn);
  }
}
