package org.recur4j.examples.task;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * What a model shall make up.
 *
 * @param count how many sequences, at least 1
 * @param temperature divides the logits: below 1 careful, above 1 daring; above 0
 * @param topK only so many of the likeliest are drawn from; 0 for all
 * @param start what each sequence begins with; empty for nothing
 * @param seed of the draws
 */
public record Generation(int count, double temperature, int topK, String start, long seed) {
  /** Refuses what cannot be drawn. */
  public Generation {
    check(count >= 1, "count " + count, "at least 1");
    check(
        temperature > 0 && Double.isFinite(temperature),
        "temperature " + temperature,
        "a number above 0");
    check(topK >= 0, "top-k " + topK, "at least 0");
  }

  private static void check(boolean right, String got, String expected) {
    if (!right) {
      throw new InvalidArgumentException("generate", got, expected, "Correct the option");
    }
  }
}
