package org.recur4j.api.backend;

/**
 * The result of a probe: a backend that can be opened, or why it cannot and what to do about it.
 */
public sealed interface Availability {
  /**
   * The backend can be opened.
   *
   * @param score the backend with the highest score is chosen when the user names none: cuda has
   *     300, ejml 200, nd4j 100; one with 0 or less is chosen by name only
   * @param detail what would run, in words
   */
  record Available(int score, String detail) implements Availability {}

  /**
   * The backend cannot be opened here.
   *
   * @param reason what is missing
   * @param remedy what to do about it
   */
  record Unavailable(String reason, String remedy) implements Availability {}
}
