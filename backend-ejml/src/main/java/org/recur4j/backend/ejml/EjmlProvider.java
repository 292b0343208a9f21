package org.recur4j.backend.ejml;

import java.util.Collections;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.backend.ejml.engine.FloatEngines;

/** The pure-Java backend: available wherever Java is. */
public final class EjmlProvider implements BackendProvider {
  /** For the service loader. */
  public EjmlProvider() {}

  @Override
  public String name() {
    return "ejml";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public Availability probe() {
    return new Availability.Available(
        200,
        "pure Java on "
            + Runtime.getRuntime().availableProcessors()
            + " processor(s), "
            + FloatEngines.preferred().description());
  }

  @Override
  public Backend open(BackendOptions options) {
    options.requireSettings(name(), Collections.emptySortedMap());
    return new EjmlBackend(options, FloatEngines.preferred());
  }
}
