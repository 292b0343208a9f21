package org.recur4j.examples.readme;

import org.recur4j.models.network.Network;
import org.recur4j.models.session.Session;
import org.recur4j.models.session.SessionState;

/** What README.md shows of sessions. */
final class Streaming {
  private Streaming() {}

  static float[] run(Network network, float[][] live) {
    // README: begin
    float[] answers = new float[2];
    try (Session session = network.session()) {
      for (float[] measured : live) {
        session.step(measured, answers);
      }
      SessionState kept = session.snapshot();
      session.reset();
      session.restore(kept);
      session.step(live[0], answers);
    }
    return answers;
    // README: end
  }
}
