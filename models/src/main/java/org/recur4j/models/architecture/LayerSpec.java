package org.recur4j.models.architecture;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Direction;

/** The description of one layer, without weights. */
public sealed interface LayerSpec
    permits LayerSpec.Embedding,
        LayerSpec.Recurrent,
        LayerSpec.Dropout,
        LayerSpec.Dense,
        LayerSpec.Pooled,
        LayerSpec.Normalized,
        LayerSpec.Custom {
  /**
   * Calls the method for this kind of layer.
   *
   * @param visitor a method for each kind
   * @param <R> what is made of a description
   * @return what the method returns
   */
  <R> R accept(LayerVisitor<R> visitor);

  /**
   * A lookup table with one row per index; a negative index yields zeros.
   *
   * @param vocabulary V, number of indices
   * @param size E, size of one row
   * @param paddingIndex index whose row is initialized to zeros and not trained, as PyTorch's
   *     padding_idx; −1 for none
   */
  record Embedding(int vocabulary, int size, int paddingIndex) implements LayerSpec {
    /** Validates the sizes and the padding index. */
    public Embedding {
      atLeastOne("embedding", "vocabulary", vocabulary);
      atLeastOne("embedding", "size", size);
      if (paddingIndex < -1 || paddingIndex >= vocabulary) {
        throw new InvalidArgumentException(
            "embedding",
            "padding index " + paddingIndex,
            "an index in [0, " + vocabulary + "), or -1 for none",
            "Steps past a sequence's length need no padding index, because they are masked");
      }
    }

    /**
     * Creates an embedding without a padding index.
     *
     * @param vocabulary V
     * @param size E
     */
    public Embedding(int vocabulary, int size) {
      this(vocabulary, size, -1);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.embedding(this);
    }
  }

  /** A recurrent layer: its cells and the options that surround them. */
  sealed interface Recurrent extends LayerSpec
      permits RecurrentLayerSpec, PeepholeLstmSpec, CustomCell {
    /**
     * Returns the options that surround the cells.
     *
     * @return direction, merge mode, dropout, initial state, initialization
     */
    RecurrentOptions options();

    /**
     * Returns whether at least one direction reads each sequence from its end.
     *
     * @return false only if the layer reads forward only
     */
    default boolean readsBackwards() {
      return options().direction() != Direction.FORWARD;
    }

    /**
     * Returns the same layer with other options.
     *
     * @param value new options
     * @return a changed copy
     */
    Recurrent with(RecurrentOptions value);
  }

  /**
   * A recurrent layer over a user-defined cell, which runs step by step.
   *
   * @param name name by which a model file refers to the cell's factory
   * @param options options that surround the cells
   */
  record CustomCell(String name, RecurrentOptions options) implements Recurrent {
    /** Validates that the name is not blank and that the options are given. */
    public CustomCell {
      named("cell", name);
      InvalidArgumentException.requireGiven(options, "cell", "options");
    }

    @Override
    public CustomCell with(RecurrentOptions value) {
      return new CustomCell(name, value);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.customCell(this);
    }
  }

  /**
   * Sets features to zero at random during training and scales the others up to preserve the mean.
   *
   * @param rate probability of zeroing a feature, in [0, 1)
   * @param variational whether all steps of a sequence share one mask (Gal &amp; Ghahramani 2016)
   */
  record Dropout(double rate, boolean variational) implements LayerSpec {
    /**
     * Creates a dropout layer that uses a new mask for every step.
     *
     * @param rate probability of zeroing a feature, in [0, 1)
     */
    public Dropout(double rate) {
      this(rate, false);
    }

    /** Validates the rate. */
    public Dropout {
      if (!(rate >= 0 && rate < 1)) {
        throw new InvalidArgumentException(
            "dropout", "rate " + rate, "a rate in [0, 1)", "Use for instance 0.3");
      }
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.dropout(this);
    }
  }

  /**
   * A fully connected layer, {@code activation(W x + b)}, over the last axis.
   *
   * @param units size of the output
   * @param activation activation function
   */
  record Dense(int units, Activation activation) implements LayerSpec {
    /** Validates the size and that an activation is given. */
    public Dense {
      atLeastOne("dense", "units", units);
      InvalidArgumentException.requireGiven(activation, "dense", "activation");
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.dense(this);
    }
  }

  /**
   * Reduces a sequence to one vector. The last state needs no pooling layer, because a many-to-one
   * network uses it by default.
   *
   * @param pooling MEAN, MAX or ATTENTION
   */
  record Pooled(Pooling pooling) implements LayerSpec {
    /** Validates that the pooling is not LAST. */
    public Pooled {
      InvalidArgumentException.requireGiven(pooling, "pooling", "pooling");
      if (pooling == Pooling.LAST) {
        throw new InvalidArgumentException(
            "pooling",
            "a layer for the last state",
            "MEAN, MAX or ATTENTION",
            "Remove the layer, because the last recurrent layer's last state is the default");
      }
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.pooled(this);
    }
  }

  /**
   * Layer normalization.
   *
   * @param epsilon ε, added to the variance, above 0; 1e-5 in PyTorch
   */
  record Normalized(double epsilon) implements LayerSpec {
    /** Validates ε. */
    public Normalized {
      if (!(epsilon > 0) || !Double.isFinite(epsilon)) {
        throw new InvalidArgumentException(
            "layer normalization", "epsilon " + epsilon, "a finite number above 0", "Use 1e-5");
      }
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.normalized(this);
    }
  }

  /**
   * A layer of the user's own that needs the whole sequence.
   *
   * @param name under which a model file refers to the layer's factory
   */
  record Custom(String name) implements LayerSpec {
    /** Checks the name. */
    public Custom {
      named("layer", name);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.customLayer(this);
    }
  }

  private static void named(String what, String name) {
    InvalidArgumentException.requireGiven(name, what, "name");
    if (name.isBlank()) {
      throw new InvalidArgumentException(
          what,
          "an empty name",
          "a name",
          "Name the " + what + ", so that a model file can refer to it");
    }
  }

  private static void atLeastOne(String operation, String name, int value) {
    if (value < 1) {
      throw new InvalidArgumentException(
          operation, name + " " + value, "at least 1", "Choose a positive size");
    }
  }
}
