package org.recur4j.models.layer;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;

/** The description of one layer: data, without weights. */
public sealed interface LayerSpec
    permits LayerSpec.Embedding, LayerSpec.Recurrent, LayerSpec.Dropout, LayerSpec.Dense {

  /**
   * A row of a table for every index; a negative index (padding) gives zeros.
   *
   * @param vocabulary V, the number of indices
   * @param size E, features of one row
   */
  record Embedding(int vocabulary, int size) implements LayerSpec {
    /** Checks both. */
    public Embedding {
      atLeastOne("embedding", "vocabulary", vocabulary);
      atLeastOne("embedding", "size", size);
    }
  }

  /** A layer that walks through time: cells, and what surrounds them. */
  sealed interface Recurrent extends LayerSpec permits RecurrentLayerSpec, CustomCell {
    /**
     * What surrounds the cells.
     *
     * @return direction, merge, dropout, initial state, initial weights
     */
    RecurrentOptions options();

    /**
     * The same cells, surrounded differently.
     *
     * @param value what surrounds them
     * @return a changed copy
     */
    Recurrent with(RecurrentOptions value);
  }

  /**
   * A recurrent layer over a cell of the user's own, run step by step.
   *
   * @param name under which a model file refers to the cell's factory
   * @param options what surrounds the cells
   */
  record CustomCell(String name, RecurrentOptions options) implements Recurrent {
    /** Checks the name. */
    public CustomCell {
      if (name.isBlank()) {
        throw new InvalidArgumentException(
            "cell",
            "an empty name",
            "a name",
            "Name the cell, so that a model file can refer to it");
      }
    }

    @Override
    public CustomCell with(RecurrentOptions value) {
      return new CustomCell(name, value);
    }
  }

  /**
   * Sets features to zero at random in training and scales the others up, so that the mean stays.
   *
   * @param rate probability of a zero, in [0, 1)
   */
  record Dropout(double rate) implements LayerSpec {
    /** Checks the rate. */
    public Dropout {
      if (!(rate >= 0 && rate < 1)) {
        throw new InvalidArgumentException(
            "dropout", "rate " + rate, "a rate in [0, 1)", "Use for instance 0.3");
      }
    }
  }

  /**
   * activation(W x + b) over the last axis.
   *
   * @param units features of the output
   * @param activation applied to the sums
   */
  record Dense(int units, Activation activation) implements LayerSpec {
    /** Checks the size. */
    public Dense {
      atLeastOne("dense", "units", units);
    }
  }

  private static void atLeastOne(String operation, String name, int value) {
    if (value < 1) {
      throw new InvalidArgumentException(
          operation, name + " " + value, "at least 1", "Choose a positive size");
    }
  }
}
