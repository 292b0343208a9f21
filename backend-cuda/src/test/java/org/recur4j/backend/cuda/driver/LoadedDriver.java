package org.recur4j.backend.cuda.driver;

import java.util.List;
import org.recur4j.api.backend.Availability.Unavailable;

/** Loads JCuda's driver binding on a machine without NVIDIA's driver, for the CPU twin. */
public final class LoadedDriver {
  private LoadedDriver() {}

  /** Loads the binding the first time; null if it is there, else why not. */
  public static Unavailable load() {
    return DriverLibrary.load(List.of());
  }
}
