package org.recur4j.backend.nd4j;

import org.recur4j.api.backend.Availability;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.api.error.BackendException;

/** The door of the ND4J backend, which this version cannot open yet. */
public final class Nd4jProvider implements BackendProvider {
  private static final String REASON = "the ND4J backend is not built yet in this version";
  private static final String REMEDY = "use the backend ejml";

  /** For the service loader. */
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
    return new Availability.Unavailable(REASON, REMEDY);
  }

  @Override
  public Backend open(BackendOptions options) {
    throw new BackendException(
        "open backend 'nd4j'", REASON, "an available backend", "To go on, " + REMEDY);
  }
}
