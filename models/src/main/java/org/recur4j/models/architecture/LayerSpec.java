package org.recur4j.models.architecture;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Direction;

/** The description of one layer: data, without weights. */
public sealed interface LayerSpec
    permits LayerSpec.Embedding,
        LayerSpec.Recurrent,
        LayerSpec.Dropout,
        LayerSpec.Dense,
        LayerSpec.Pooled,
        LayerSpec.Normalized {

  /**
   * A row of a table for every index; a negative index gives zeros.
   *
   * @param vocabulary V, the number of indices
   * @param size E, features of one row
   * @param paddingIndex an index whose row begins as zeros and never learns, as PyTorch's
   *     padding_idx; −1 for none
   */
  record Embedding(int vocabulary, int size, int paddingIndex) implements LayerSpec {
    /** Checks all. */
    public Embedding {
      atLeastOne("embedding", "vocabulary", vocabulary);
      atLeastOne("embedding", "size", size);
      if (paddingIndex < -1 || paddingIndex >= vocabulary) {
        throw new InvalidArgumentException(
            "embedding",
            "padding index " + paddingIndex,
            "an index in [0, " + vocabulary + "), or -1 for none",
            "Rows past their length need no padding index: they are padded already");
      }
    }

    /**
     * Every row learns.
     *
     * @param vocabulary V
     * @param size E
     */
    public Embedding(int vocabulary, int size) {
      this(vocabulary, size, -1);
    }
  }

  /** A layer that walks through time: cells, and what surrounds them. */
  sealed interface Recurrent extends LayerSpec
      permits RecurrentLayerSpec, PeepholeLstmSpec, CustomCell {
    /**
     * What surrounds the cells.
     *
     * @return direction, merge, dropout, initial state, initial weights
     */
    RecurrentOptions options();

    /**
     * Returns whether a direction reads each sequence from its end.
     *
     * @return false only if the layer reads forward alone
     */
    default boolean readsBackwards() {
      return options().direction() != Direction.FORWARD;
    }

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
    /** Checks the name, and that the options are there. */
    public CustomCell {
      InvalidArgumentException.requireGiven(name, "cell", "name");
      InvalidArgumentException.requireGiven(options, "cell", "options");
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
   * @param variational whether all steps of a sequence share one mask (Gal &amp; Ghahramani 2016)
   */
  record Dropout(double rate, boolean variational) implements LayerSpec {
    /**
     * A new mask for every step.
     *
     * @param rate in [0, 1)
     */
    public Dropout(double rate) {
      this(rate, false);
    }

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
      InvalidArgumentException.requireGiven(activation, "dense", "activation");
    }
  }

  /**
   * A sequence folded into one vector. The last state needs no layer: it is where a many-to-one
   * network folds unless it says otherwise.
   *
   * @param pooling MEAN, MAX or ATTENTION
   */
  record Pooled(Pooling pooling) implements LayerSpec {
    /** Checks that there is something to do. */
    public Pooled {
      InvalidArgumentException.requireGiven(pooling, "pooling", "pooling");
      if (pooling == Pooling.LAST) {
        throw new InvalidArgumentException(
            "pooling",
            "a layer for the last state",
            "MEAN, MAX or ATTENTION",
            "Leave the layer out: the last recurrent layer's last state is the default");
      }
    }
  }

  /**
   * Layer normalization.
   *
   * @param epsilon added to the variance, above 0; PyTorch's is 1e-5
   */
  record Normalized(double epsilon) implements LayerSpec {
    /** Checks ε. */
    public Normalized {
      if (!(epsilon > 0) || !Double.isFinite(epsilon)) {
        throw new InvalidArgumentException(
            "layer normalization", "epsilon " + epsilon, "a finite number above 0", "Use 1e-5");
      }
    }
  }

  private static void atLeastOne(String operation, String name, int value) {
    if (value < 1) {
      throw new InvalidArgumentException(
          operation, name + " " + value, "at least 1", "Choose a positive size");
    }
  }
}
