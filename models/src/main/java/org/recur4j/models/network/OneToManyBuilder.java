package org.recur4j.models.network;

import org.recur4j.models.architecture.Topology;

/**
 * A builder of one-to-many networks: each output is the next step's input. Layers run forward only,
 * because later steps do not exist yet.
 */
public final class OneToManyBuilder extends SequenceBuilder<OneToManyBuilder> {
  OneToManyBuilder() {
    super(Topology.ONE_TO_MANY);
  }

  @Override
  OneToManyBuilder self() {
    return this;
  }
}
