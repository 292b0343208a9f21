package org.recur4j.examples.memory;

import org.recur4j.models.training.Example;

/**
 * The adding problem (Hochreiter, Schmidhuber 1997, experiment 4, in the form of Le, Jaitly, Hinton
 * 2015): each step holds a number drawn from [0, 1) and a marker; one step of the first half and
 * one of the second are marked 1, the others 0. The answer is the sum of the two marked numbers.
 *
 * <p>Who always answers 1 has a mean squared error of 1/6, the variance of the sum of two such
 * numbers.
 *
 * @param length T, at least 2
 */
public record AddingProblem(int length) implements MemoryProblem {
  private static final int FEATURES = 2;

  /** Checks the length. */
  public AddingProblem {
    MemoryProblem.atLeast("adding problem", length, 2);
  }

  @Override
  public Example example(Draw draw) {
    float[][] steps = new float[length][FEATURES];
    for (int t = 0; t < length; t++) {
      steps[t][0] = draw.uniform(t);
    }
    int half = length / 2;
    int first = draw.below(half, 0);
    int second = half + draw.below(length - half, 1);
    steps[first][1] = 1;
    steps[second][1] = 1;
    return Example.valued(steps, new float[] {steps[first][0] + steps[second][0]});
  }
}
