package org.recur4j.models.comparison;

import org.recur4j.models.training.Trainable;

/**
 * A copy of a model, made to be looked at.
 *
 * @param trainable the copy with its loss
 * @param closing frees it
 * @param <E> an example with its answer
 */
record Twin<E>(Trainable<E> trainable, Runnable closing) implements AutoCloseable {
  @Override
  public void close() {
    closing.run();
  }
}
