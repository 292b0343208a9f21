package org.recur4j.conformance.toy;

import org.recur4j.api.backend.Availability;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;

/** The toy with its fused LSTM: the second step of writing a backend, after {@link ToyProvider}. */
public final class FusedToyProvider implements BackendProvider {
  private final ToyProvider toy = new ToyProvider();

  @Override
  public String name() {
    return toy.name();
  }

  @Override
  public int spiVersion() {
    return toy.spiVersion();
  }

  @Override
  public Availability probe() {
    return toy.probe();
  }

  @Override
  public Backend open(BackendOptions options) {
    return toy.open(options, true);
  }
}
