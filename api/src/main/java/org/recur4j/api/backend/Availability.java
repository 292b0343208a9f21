package org.recur4j.api.backend;

/** What a probe finds: a backend that could be opened, or why not and what to do. */
public sealed interface Availability {
  /**
   * It can be opened.
   *
   * @param score the highest wins when nobody chose; cuda 300, ejml 200, nd4j 100; 0 or less never
   *     wins
   * @param detail what would run, for a person
   */
  record Available(int score, String detail) implements Availability {}

  /**
   * It cannot be opened here.
   *
   * @param reason what is missing
   * @param remedy what to do about it
   */
  record Unavailable(String reason, String remedy) implements Availability {}
}
