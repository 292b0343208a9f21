package org.recur4j.examples.explain;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * What to look at closely.
 *
 * @param layer which recurrent layer, from 0
 * @param reverse whether the reverse direction, where there is one
 * @param step which step of the sequence, from 0
 * @param inputs what each step is called in the pictures; empty for x1, x2, …
 */
public record Focus(int layer, boolean reverse, int step, List<String> inputs) {
  /** Checks the numbers. */
  public Focus {
    inputs = List.copyOf(inputs);
    if (layer < 0 || step < 0) {
      throw new InvalidArgumentException(
          "Focus", "layer " + layer + ", step " + step, "at least 0", "Both count from 0");
    }
  }

  /**
   * The first recurrent layer, forward.
   *
   * @param step from 0
   * @return the focus
   */
  public static Focus atStep(int step) {
    return new Focus(0, false, step, List.of());
  }

  /**
   * The same with names for the steps.
   *
   * @param names one a step, e.g. the characters of a word
   * @return a changed copy
   */
  public Focus inputs(List<String> names) {
    return new Focus(layer, reverse, step, names);
  }
}
