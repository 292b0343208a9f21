package org.recur4j.models.wiring;

import com.google.inject.Inject;
import java.util.ArrayDeque;
import java.util.Deque;
import org.recur4j.api.backend.Backend;
import org.recur4j.models.network.Network;

/** What a module has opened; closing this closes all of it, newest first. Thread-safe. */
public final class OpenedResources implements AutoCloseable {
  private final Deque<Runnable> closers = new ArrayDeque<>();

  @Inject
  OpenedResources() {}

  synchronized Backend add(Backend backend) {
    closers.push(backend::close);
    return backend;
  }

  synchronized Network add(Network network) {
    closers.push(network::close);
    return network;
  }

  /** Closes the network, then the backend; closing twice is harmless. */
  @Override
  public synchronized void close() {
    while (!closers.isEmpty()) {
      closers.pop().run();
    }
  }
}
