package org.recur4j.models.network;

import org.recur4j.models.architecture.Topology;

/** A builder of one-to-one networks, which have no recurrent layers. */
public final class OneToOneBuilder extends NetworkBuilder<OneToOneBuilder> {
  OneToOneBuilder() {
    super(new Blueprint(Topology.ONE_TO_ONE));
  }

  @Override
  OneToOneBuilder self() {
    return this;
  }
}
