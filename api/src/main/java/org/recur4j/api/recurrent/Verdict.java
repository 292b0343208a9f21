package org.recur4j.api.recurrent;

/**
 * A backend's answer to the question how it would run a specification.
 *
 * @param engine e.g. {@code "ejml"} or {@code "portable"}
 * @param fused whether a whole-sequence plan of the backend's own runs
 * @param reason why, for a person: {@code "portable: activation SOFTSIGN has no kernel"}
 */
public record Verdict(String engine, boolean fused, String reason) {
  /**
   * The answer that the portable plan runs.
   *
   * @param obstacle why no fused plan does
   * @return a verdict whose reason begins with {@code "portable: "}
   */
  public static Verdict portable(String obstacle) {
    return new Verdict("portable", false, "portable: " + obstacle);
  }
}
