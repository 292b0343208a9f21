package org.recur4j.models.training.schedule;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * How examples become steps of the optimizer.
 *
 * @param size examples a batch, at least 1
 * @param windowBatches batches inside which examples are sorted by length, see {@link
 *     org.recur4j.models.data.BatchOrder}; 1 leaves lengths out of account
 * @param accumulated batches whose gradients make one step, at least 1
 * @param chunk steps of a sequence after which backpropagation is cut off and the weights move; 0
 *     for whole sequences
 * @param evaluationSize examples that are evaluated at once, at least 1
 */
public record Batching(
    int size, int windowBatches, int accumulated, int chunk, int evaluationSize) {
  /** Checks the numbers. */
  public Batching {
    check(size >= 1, "batch size " + size, "at least 1", "Correct batchSize");
    check(windowBatches >= 1, "a window of " + windowBatches, "at least 1", "Correct bucketing");
    check(accumulated >= 1, accumulated + " batches a step", "at least 1", "Correct accumulate");
    check(
        chunk >= 0,
        "chunks of " + chunk + " steps",
        "at least 1, or 0 for whole sequences",
        "Correct truncatedBackpropagation");
    check(
        chunk == 0 || accumulated == 1,
        "chunks, and " + accumulated + " batches a step",
        "one or the other",
        "Chunks move the weights after each of them: leave accumulate out, or choose a larger"
            + " batch size");
    check(
        evaluationSize >= 1,
        "evaluation batch size " + evaluationSize,
        "at least 1",
        "Correct evaluationBatchSize");
    check(
        (long) size * accumulated <= Integer.MAX_VALUE,
        accumulated + " batches of " + size + " examples a step",
        "at most " + Integer.MAX_VALUE + " examples a step",
        "Lower batchSize or accumulate");
  }

  /**
   * Examples that the weights move by at once.
   *
   * @return size × accumulated
   */
  public int examplesPerStep() {
    return size * accumulated;
  }

  /**
   * What a checkpoint keeps, and compares before training is resumed.
   *
   * @return all numbers under their names
   */
  public String description() {
    return toString();
  }

  private static void check(boolean right, String got, String expected, String advice) {
    if (!right) {
      throw new InvalidArgumentException("trainer", got, expected, advice);
    }
  }
}
