package org.recur4j.examples.command;

import java.util.List;
import org.recur4j.examples.task.Score;

/**
 * One finished training of a report, as a line of its file.
 *
 * @param key everything that the figures depend on; a row with this key is not trained again
 * @param task the task's name
 * @param network the variant
 * @param seed of the training
 * @param epochs that it had
 * @param threads it ran on; figures do not depend on them, seconds do
 * @param seconds it took
 * @param command that trains it again
 * @param scores its figures
 */
record ReportRow(
    String key,
    String task,
    String network,
    long seed,
    int epochs,
    int threads,
    double seconds,
    String command,
    List<Score> scores) {
  /** Refuses a line in which something is missing. */
  ReportRow {
    if (key == null || task == null || network == null || command == null || scores == null) {
      throw new IllegalArgumentException("a row without key, task, network, command or scores");
    }
    scores = List.copyOf(scores);
  }
}
