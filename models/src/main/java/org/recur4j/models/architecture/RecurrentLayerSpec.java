package org.recur4j.models.architecture;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.initialization.RecurrentInitialization;

/**
 * A recurrent layer of one of the three reference cells.
 *
 * @param cell kind of cell
 * @param hiddenSize H
 * @param activation φ, activation function
 * @param gateActivation σ, activation of the gates
 * @param reset variant of the GRU
 * @param biases which bias vectors the cell has
 * @param options options that surround the cells
 */
public record RecurrentLayerSpec(
    CellKind cell,
    int hiddenSize,
    Activation activation,
    Activation gateActivation,
    ResetVariant reset,
    Biases biases,
    RecurrentOptions options)
    implements LayerSpec.Recurrent {
  /** Validates the size, and that nothing is missing. */
  public RecurrentLayerSpec {
    InvalidArgumentException.requireGiven(cell, "recurrent layer", "cell");
    InvalidArgumentException.requireGiven(activation, "recurrent layer", "activation");
    InvalidArgumentException.requireGiven(gateActivation, "recurrent layer", "gate activation");
    InvalidArgumentException.requireGiven(reset, "recurrent layer", "reset variant");
    InvalidArgumentException.requireGiven(biases, "recurrent layer", "biases");
    InvalidArgumentException.requireGiven(options, "recurrent layer", "options");
    if (hiddenSize < 1) {
      throw new InvalidArgumentException(
          cell.toString(), "hidden size " + hiddenSize, "at least 1", "Choose a positive size");
    }
  }

  /**
   * Returns a forward layer with PyTorch's defaults.
   *
   * @param cell kind of cell
   * @param hiddenSize H
   * @return the description
   */
  public static RecurrentLayerSpec of(CellKind cell, int hiddenSize) {
    return new RecurrentLayerSpec(
        cell,
        hiddenSize,
        Activation.TANH,
        Activation.SIGMOID,
        ResetVariant.AFTER_PRODUCT,
        Biases.DOUBLE,
        RecurrentOptions.of(Direction.FORWARD));
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.recurrent(this);
  }

  @Override
  public RecurrentLayerSpec with(RecurrentOptions value) {
    return new RecurrentLayerSpec(
        cell, hiddenSize, activation, gateActivation, reset, biases, value);
  }

  /**
   * Returns the direction.
   *
   * @return the direction
   */
  public Direction direction() {
    return options.direction();
  }

  /**
   * Returns the same layer with the given direction.
   *
   * @param value new direction
   * @return a changed copy
   */
  public RecurrentLayerSpec direction(Direction value) {
    return with(options.direction(value));
  }

  /**
   * Returns the same layer in both directions, with the given merge mode.
   *
   * @param value merge mode
   * @return a changed copy, bidirectional
   */
  public RecurrentLayerSpec merge(Merge value) {
    return with(options.merge(value));
  }

  /**
   * Returns the same layer with variational recurrent dropout: one mask per sequence, applied to h′
   * before the product with the recurrent weights (Gal &amp; Ghahramani 2016). Fused plans support
   * it.
   *
   * @param rate probability of zeroing a unit, in [0, 1)
   * @return a changed copy
   */
  public RecurrentLayerSpec recurrentDropout(double rate) {
    return with(options.recurrentDropout(rate));
  }

  /**
   * Returns the same layer with a trainable initial state, initialized to zeros.
   *
   * @return a changed copy
   */
  public RecurrentLayerSpec learnedInitialState() {
    return with(options.learnedInitialState(true));
  }

  /**
   * Returns the same layer with the given initialization.
   *
   * @param value initialization of the weights
   * @return a changed copy
   */
  public RecurrentLayerSpec initialization(RecurrentInitialization value) {
    return with(options.initialization(value));
  }

  /**
   * Returns the same layer with the given activation.
   *
   * @param value φ
   * @return a changed copy
   */
  public RecurrentLayerSpec activation(Activation value) {
    return new RecurrentLayerSpec(cell, hiddenSize, value, gateActivation, reset, biases, options);
  }

  /**
   * Returns the same layer with the given GRU variant.
   *
   * @param value variant of the GRU
   * @return a changed copy
   */
  public RecurrentLayerSpec reset(ResetVariant value) {
    return new RecurrentLayerSpec(
        cell, hiddenSize, activation, gateActivation, value, biases, options);
  }

  /**
   * Returns the same layer with the given biases.
   *
   * @param value which bias vectors the cell has
   * @return a changed copy
   */
  public RecurrentLayerSpec biases(Biases value) {
    return new RecurrentLayerSpec(
        cell, hiddenSize, activation, gateActivation, reset, value, options);
  }

  /**
   * Returns the specification that a backend's plan implements.
   *
   * @param inputSize I
   * @param dataType floating type of the model
   * @return the specification
   */
  public RecurrentSpec toSpec(int inputSize, DataType dataType) {
    return new RecurrentSpec(
        cell,
        activation,
        gateActivation,
        reset,
        biases,
        options.direction(),
        inputSize,
        hiddenSize,
        dataType,
        org.recur4j.api.recurrent.Precision.FULL,
        options.recurrentDropout() > 0);
  }
}
