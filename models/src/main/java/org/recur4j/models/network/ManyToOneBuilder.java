package org.recur4j.models.network;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.Pooling;
import org.recur4j.models.architecture.Topology;

/**
 * A sequence in, one answer out. Without a pooling the last recurrent layer's last state goes on;
 * every layer behind the fold works on one vector a row.
 */
public final class ManyToOneBuilder extends WholeSequenceBuilder<ManyToOneBuilder> {
  ManyToOneBuilder() {
    super(Topology.MANY_TO_ONE);
  }

  /**
   * Folds the sequence. Recurrent layers come before; what follows works on one vector a row.
   *
   * @param pooling how; LAST is what happens without this call
   * @return a builder that goes on with this network and offers no recurrent layers
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
