package org.recur4j.examples.flow;

import java.util.OptionalDouble;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * What all trainings that are compared have in common.
 *
 * @param steps batches to learn from; 0 to look at fresh weights only
 * @param every batches between two looks, at least 1
 * @param probe sequences that are looked at, at least 1
 * @param batch examples in each step
 * @param learningRate of Adam, constant
 * @param seed of weights and order
 * @param start what recurrent weights begin with
 * @param spectralRadius of W_hh at the start, in its place orthogonal weights times this; empty for
 *     {@code start}
 * @param clip norm that the remedy "clip" cuts gradients to, above 0
 * @param chunk steps of the remedy "tbptt", at least 1
 */
public record FlowSettings(
    int steps,
    int every,
    int probe,
    int batch,
    double learningRate,
    long seed,
    FlowStart start,
    OptionalDouble spectralRadius,
    double clip,
    int chunk) {
  /** Refuses what cannot be trained or measured. */
  public FlowSettings {
    check("steps", steps, steps >= 0, "at least 0");
    check("every", every, every >= 1, "at least 1");
    check("probe", probe, probe >= 1, "at least 1");
    check("chunk", chunk, chunk >= 1, "at least 1");
    check("clip", clip, clip > 0, "a number above 0");
    double radius = spectralRadius.orElse(1);
    check("spectral radius", radius, radius > 0 && Double.isFinite(radius), "a number above 0");
  }

  private static void check(String what, Number got, boolean right, String expected) {
    if (!right) {
      throw new InvalidArgumentException(
          "gradient-flow", what + " " + got, expected, "Correct the option");
    }
  }
}
