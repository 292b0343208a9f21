package org.recur4j.backend.ejml;

import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicReference;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.backend.ejml.engine.FloatEngine;
import org.recur4j.backend.ejml.engine.FloatEngines;

/**
 * The provider of the pure-Java backend, which is available wherever Java is. Opening the backend
 * logs its engine to the logger {@code org.recur4j.backend.ejml}: the plain engine at level INFO,
 * with the reason and the option that adds vectors, the vector engine at DEBUG. A process logs an
 * engine once, and again only after a different one was opened.
 */
public final class EjmlProvider implements BackendProvider {
  private static final AtomicReference<String> LOGGED = new AtomicReference<>();

  /** Creates the provider, for the service loader. */
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
    FloatEngine engine = FloatEngines.preferred();
    EjmlBackend backend = new EjmlBackend(options, engine);
    log(engine);
    return backend;
  }

  private static void log(FloatEngine engine) {
    String line = "backend ejml computes with " + engine.description();
    if (!line.equals(LOGGED.getAndSet(line))) {
      System.getLogger("org.recur4j.backend.ejml")
          .log(engine.usesVectors() ? Level.DEBUG : Level.INFO, line);
    }
  }
}
