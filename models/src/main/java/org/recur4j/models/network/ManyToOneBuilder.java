package org.recur4j.models.network;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.Pooling;
import org.recur4j.models.architecture.Topology;

/**
 * A builder of many-to-one networks: one output for each sequence. Without pooling, the layers
 * after the last recurrent layer receive its last hidden state, one vector for each row.
 */
public final class ManyToOneBuilder extends WholeSequenceBuilder<ManyToOneBuilder> {
  ManyToOneBuilder() {
    super(Topology.MANY_TO_ONE);
  }

  /**
   * Reduces each sequence to one vector. Recurrent layers must come before.
   *
   * @param pooling the kind of pooling; LAST is the default
   * @return a builder of the same network that offers no recurrent layers
   */
  public PooledBuilder pooling(Pooling pooling) {
    InvalidArgumentException.requireGiven(pooling, "pooling", "pooling");
    if (pooling != Pooling.LAST) {
      with(new LayerSpec.Pooled(pooling));
    }
    return new PooledBuilder(blueprint());
  }

  @Override
  ManyToOneBuilder self() {
    return this;
  }
}
