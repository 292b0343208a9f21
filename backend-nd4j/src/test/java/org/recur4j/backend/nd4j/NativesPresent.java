package org.recur4j.backend.nd4j;

import org.junit.jupiter.api.Assumptions;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;

/** Opens the backend for a test, or skips it with the probe's reason where there are no natives. */
public final class NativesPresent {
  private NativesPresent() {}

  public static Backend open(BackendOptions options) {
    if (new Nd4jProvider().probe() instanceof Availability.Unavailable missing) {
      System.out.println("skipped: " + missing.reason() + "; " + missing.remedy());
      Assumptions.abort(missing.reason() + ". " + missing.remedy());
    }
    return new Nd4jProvider().open(options);
  }
}
