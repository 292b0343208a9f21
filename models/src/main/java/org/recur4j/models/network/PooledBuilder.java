package org.recur4j.models.network;

/** A builder of a many-to-one network after its pooling, which removes the time axis. */
public final class PooledBuilder extends NetworkBuilder<PooledBuilder> {
  PooledBuilder(Blueprint blueprint) {
    super(blueprint);
  }

  @Override
  PooledBuilder self() {
    return this;
  }
}
