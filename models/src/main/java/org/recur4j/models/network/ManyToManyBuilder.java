package org.recur4j.models.network;

import org.recur4j.models.architecture.Topology;

/** A builder of many-to-many networks: one output for each step of the input sequence. */
public final class ManyToManyBuilder extends WholeSequenceBuilder<ManyToManyBuilder> {
  ManyToManyBuilder() {
    super(Topology.MANY_TO_MANY);
  }

  @Override
  ManyToManyBuilder self() {
    return this;
  }
}
