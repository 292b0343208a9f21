package org.recur4j.models.network;

import org.recur4j.models.architecture.Topology;

/**
 * One start in, a sequence out: each answer is the next step's input. Layers read forwards only,
 * because what follows is not there yet.
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
