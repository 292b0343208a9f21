package org.recur4j.api.recurrent;

/**
 * A backend's assessment of how it would run a specification.
 *
 * @param engine the engine, e.g. {@code "ejml"} or {@code "portable"}
 * @param fused whether a whole-sequence plan of the backend itself runs
 * @param reason the reason, such as {@code "portable: activation SOFTSIGN has no kernel"}
 */
public record Verdict(String engine, boolean fused, String reason) {
  /**
   * Returns the assessment that the portable plan runs.
   *
   * @param obstacle the reason why no fused plan runs
   * @return a verdict whose reason begins with {@code "portable: "}
   */
  public static Verdict portable(String obstacle) {
    return new Verdict("portable", false, "portable: " + obstacle);
  }
}
