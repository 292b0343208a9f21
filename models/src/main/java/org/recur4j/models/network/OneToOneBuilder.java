package org.recur4j.models.network;

import org.recur4j.models.architecture.Topology;

/** One vector or index in, one answer out: dense layers, nothing that recurs. */
public final class OneToOneBuilder extends NetworkBuilder<OneToOneBuilder> {
  OneToOneBuilder() {
    super(new Blueprint(Topology.ONE_TO_ONE));
  }

  @Override
  OneToOneBuilder self() {
    return this;
  }
}
