package org.recur4j.models.training.schedule;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * The grouping of examples into batches and steps of the optimizer.
 *
 * @param size the examples per batch, at least 1
 * @param windowBatches the number of batches within which examples are sorted by length, see {@link
 *     org.recur4j.models.data.BatchOrder}; 1 to ignore lengths
 * @param accumulated the batches per step whose gradients are accumulated, at least 1
 * @param chunk the time steps per chunk of truncated backpropagation; 0 for whole sequences
 * @param evaluationSize the examples per batch in evaluation, at least 1
 */
public record Batching(
    int size, int windowBatches, int accumulated, int chunk, int evaluationSize) {
  /** Checks the numbers. */
  public Batching {
    check(size >= 1, "batch size " + size, "at least 1", "Correct batchSize");
    check(windowBatches >= 1, "a window of " + windowBatches, "at least 1", "Correct bucketing");
    check(accumulated >= 1, accumulated + " batches per step", "at least 1", "Correct accumulate");
    check(
        chunk >= 0,
        "chunks of " + chunk + " steps",
        "at least 1, or 0 for whole sequences",
        "Correct truncatedBackpropagation");
    check(
        chunk == 0 || accumulated == 1,
        "chunks and " + accumulated + " batches per step",
        "one or the other",
        "The weights are updated after each chunk: remove accumulate, or choose a larger"
            + " batch size");
    check(
        evaluationSize >= 1,
        "evaluation batch size " + evaluationSize,
        "at least 1",
        "Correct evaluationBatchSize");
    check(
        (long) size * accumulated <= Integer.MAX_VALUE,
        accumulated + " batches of " + size + " examples per step",
        "at most " + Integer.MAX_VALUE + " examples per step",
        "Lower batchSize or accumulate");
  }

  /**
   * Returns the number of examples per step of the optimizer.
   *
   * @return size × accumulated
   */
  public int examplesPerStep() {
    return size * accumulated;
  }

  /**
   * Returns the text that a checkpoint stores and compares before training resumes.
   *
   * @return all numbers with their names
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
