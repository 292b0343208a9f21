package org.recur4j.examples.comparison;

import org.recur4j.api.recurrent.Fusion;
import org.recur4j.models.parity.ParityReport;

/** What a report on parity is called beside the others of a comparison. */
public final class ParityName {
  private ParityName() {}

  /**
   * Backend and plans.
   *
   * @param report one of a comparison's
   * @return e.g. "ejml, fused" or "ejml, portable"
   */
  public static String of(ParityReport report) {
    return report.backend().name() + (report.isFused() ? ", fused" : ", portable");
  }

  /**
   * Whether the backend chose the plans itself.
   *
   * @param report one of a comparison's
   * @return false for the portable plans beside fused ones
   */
  public static boolean isChoice(ParityReport report) {
    return report.fusion() == Fusion.AUTO;
  }
}
