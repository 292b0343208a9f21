package org.recur4j.examples.bench;

import org.recur4j.api.backend.Backend;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.session.Session;

/**
 * One step of a session. A network ends in a dense layer; here it has one unit, which adds a
 * thousandth of the layer's operations.
 */
final class StreamingSubject implements Subject {
  private final Network network;
  private final Session session;
  private final float[] x;
  private final float[] y = new float[1];

  StreamingSubject(Workload workload, Backend backend) {
    this.network =
        Networks.manyToMany()
            .features(workload.inputSize())
            .recurrent(RecurrentLayerSpec.of(workload.cell(), workload.hiddenSize()))
            .values(y.length)
            .build(backend);
    this.session = network.session();
    this.x = PreparedBatch.numbers(workload.inputSize(), 0);
  }

  @Override
  public void step() {
    session.step(x, y);
  }

  @Override
  public void close() {
    session.close();
    network.close();
  }
}
