package org.recur4j.conformance.toy;

import java.util.Collections;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;

/** How the toy is found. A score of 0 never wins: it runs only where it is asked for by name. */
public final class ToyProvider implements BackendProvider {
  @Override
  public String name() {
    return "toy";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public Availability probe() {
    return new Availability.Available(0, "plain Java loops, one thread");
  }

  @Override
  public Backend open(BackendOptions options) {
    return open(options, false);
  }

  Backend open(BackendOptions options, boolean fused) {
    options.requireSettings(name(), Collections.emptySortedMap());
    return new ToyBackend(options, fused);
  }
}
