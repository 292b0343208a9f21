package org.recur4j.api.backend;

/** The result of a probe: the backend can be opened, or it cannot, with the reason and a remedy. */
public sealed interface Availability {
  /**
   * The backend can be opened.
   *
   * @param score the priority of the backend when the user names none: the highest score is chosen
   *     (cuda 300, ejml 200, nd4j 100); a backend with 0 or less is chosen by name only
   * @param detail a description of the device and the engine
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
