package org.recur4j.backend.nd4j;

import java.util.Collections;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.backend.nd4j.natives.Engine;

/**
 * The provider of the backend based on ND4J's native libraries, which is available if their jars
 * are on the class path.
 */
public final class Nd4jProvider implements BackendProvider {
  /** Creates a provider; called by the service loader. */
  public Nd4jProvider() {}

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public Availability probe() {
    return Engine.probe();
  }

  @Override
  public Backend open(BackendOptions options) {
    options.requireSettings(name(), Collections.emptySortedMap());
    return new Nd4jBackend(options);
  }
}
