package org.recur4j.examples.readme;

import org.recur4j.models.network.Network;
import org.recur4j.models.session.SessionBatch;
import org.recur4j.models.session.SessionState;

/** What README.md shows of many sessions that step together. */
final class Serving {
  private Serving() {}

  static SessionState run(Network network, SessionState kept) {
    int features = network.architecture().features();
    int outputs = network.architecture().outputs();
    // README: begin
    try (SessionBatch clients = network.sessions(1000)) {
      int[] active = {clients.add(), clients.add(kept)};
      float[] inputs = new float[1000 * features];
      float[] answers = new float[1000 * outputs];
      clients.step(active, 2, inputs, answers);
      clients.remove(active[0]);
      return clients.snapshot(active[1]);
    }
    // README: end
  }
}
