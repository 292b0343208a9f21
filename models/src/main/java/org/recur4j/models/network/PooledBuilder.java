package org.recur4j.models.network;

/** A many-to-one network behind its pooling: there is no time any more, so nothing recurs. */
public final class PooledBuilder extends NetworkBuilder<PooledBuilder> {
  PooledBuilder(Blueprint blueprint) {
    super(blueprint);
  }

  @Override
  PooledBuilder self() {
    return this;
  }
}
