package org.recur4j.models.network;

import org.recur4j.models.architecture.Topology;

/** A sequence in, an answer for each of its steps. */
public final class ManyToManyBuilder extends WholeSequenceBuilder<ManyToManyBuilder> {
  ManyToManyBuilder() {
    super(Topology.MANY_TO_MANY);
  }

  @Override
  ManyToManyBuilder self() {
    return this;
  }
}
