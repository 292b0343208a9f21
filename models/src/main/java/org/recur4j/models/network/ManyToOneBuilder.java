package org.recur4j.models.network;

/** A sequence in, one answer out. */
public final class ManyToOneBuilder extends WholeSequenceBuilder<ManyToOneBuilder> {
  ManyToOneBuilder() {
    super(Topology.MANY_TO_ONE);
  }

  @Override
  ManyToOneBuilder self() {
    return this;
  }
}
