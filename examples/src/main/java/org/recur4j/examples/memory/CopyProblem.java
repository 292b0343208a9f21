package org.recur4j.examples.memory;

import java.util.Arrays;
import org.recur4j.models.training.Example;

/**
 * The copy problem (Hochreiter, Schmidhuber 1997, in the form of Arjovsky, Shah, Bengio 2016): some
 * symbols, a long pause, a signal, and then the symbols are to be said in their order. Only those
 * last steps are judged; who guesses is right once in {@link #SYMBOLS}.
 *
 * @param length T: symbols, pause, signal and answers together
 * @param remembered how many symbols are to be copied, at least 1
 */
public record CopyProblem(int length, int remembered) implements MemoryProblem {
  /** Different symbols. */
  public static final int SYMBOLS = 8;

  /** Different inputs: the symbols, the pause, the signal. */
  public static final int VOCABULARY = SYMBOLS + 2;

  private static final int PAUSE = SYMBOLS;
  private static final int SIGNAL = SYMBOLS + 1;

  /** Checks the sizes. */
  public CopyProblem {
    MemoryProblem.atLeast("copy problem, symbols to remember", remembered, 1);
    MemoryProblem.atLeast("copy problem", length, 2 * remembered);
  }

  @Override
  public Example example(Draw draw) {
    int[] steps = new int[length];
    int[] answers = new int[length];
    Arrays.fill(steps, PAUSE);
    Arrays.fill(answers, -1);
    steps[length - remembered] = SIGNAL;
    for (int i = 0; i < remembered; i++) {
      steps[i] = draw.below(SYMBOLS, i);
      answers[length - remembered + i] = steps[i];
    }
    return Example.tagged(steps, answers);
  }
}
