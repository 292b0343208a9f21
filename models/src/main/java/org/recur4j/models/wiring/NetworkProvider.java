package org.recur4j.models.wiring;

import com.google.inject.Inject;
import com.google.inject.Provider;
import java.nio.file.Path;
import org.recur4j.api.backend.Backend;
import org.recur4j.models.network.Network;

/** Loads the network from its model file, after the backend has been opened. */
final class NetworkProvider implements Provider<Network> {
  private final Backend backend;
  private final Path file;
  private final OpenedResources opened;

  @Inject
  NetworkProvider(Backend backend, @ModelFile Path file, OpenedResources opened) {
    this.backend = backend;
    this.file = file;
    this.opened = opened;
  }

  @Override
  public Network get() {
    return opened.add(Network.load(file, backend));
  }
}
