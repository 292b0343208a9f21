package org.recur4j.models.wiring;

import com.google.inject.Inject;
import java.util.ArrayDeque;
import java.util.Deque;
import org.recur4j.api.backend.Backend;
import org.recur4j.models.network.Network;

/**
 * The resources that a module has opened. Closing this object closes them, most recent first.
 * Thread-safe.
 */
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

  /** Closes the network, then the backend. Has no effect if already closed. */
  @Override
  public synchronized void close() {
    while (!closers.isEmpty()) {
      closers.pop().run();
    }
  }
}
