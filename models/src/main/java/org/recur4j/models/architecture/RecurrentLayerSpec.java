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
 * A recurrent layer over one of the three reference cells.
 *
 * @param cell which equations
 * @param hiddenSize H
 * @param activation φ
 * @param gateActivation σ
 * @param reset the GRU's variant
 * @param biases which bias vectors there are
 * @param options what surrounds the cells
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
  /** Checks the size, and that nothing is missing. */
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
   * PyTorch's defaults, forward.
   *
   * @param cell which equations
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
  public RecurrentLayerSpec with(RecurrentOptions value) {
    return new RecurrentLayerSpec(
        cell, hiddenSize, activation, gateActivation, reset, biases, value);
  }

  /**
   * Which way.
   *
   * @return the direction
   */
  public Direction direction() {
    return options.direction();
  }

  /**
   * The same layer in another direction.
   *
   * @param value which way
   * @return a changed copy
   */
  public RecurrentLayerSpec direction(Direction value) {
    return with(options.direction(value));
  }

  /**
   * The same layer in both directions, merged so.
   *
   * @param value how
   * @return a changed copy, bidirectional
   */
  public RecurrentLayerSpec merge(Merge value) {
    return with(options.merge(value));
  }

  /**
   * The same layer with variational recurrent dropout: one mask a sequence on h′ before the
   * recurrent weights (Gal &amp; Ghahramani 2016). Fused engines stay fused.
   *
   * @param rate in [0, 1)
   * @return a changed copy
   */
  public RecurrentLayerSpec recurrentDropout(double rate) {
    return with(options.recurrentDropout(rate));
  }

  /**
   * The same layer with a trained state before the first step, zeros at first.
   *
   * @return a changed copy
   */
  public RecurrentLayerSpec learnedInitialState() {
    return with(options.learnedInitialState(true));
  }

  /**
   * The same layer with other initial weights.
   *
   * @param value the rule
   * @return a changed copy
   */
  public RecurrentLayerSpec initialization(RecurrentInitialization value) {
    return with(options.initialization(value));
  }

  /**
   * The same layer with another activation.
   *
   * @param value φ
   * @return a changed copy
   */
  public RecurrentLayerSpec activation(Activation value) {
    return new RecurrentLayerSpec(cell, hiddenSize, value, gateActivation, reset, biases, options);
  }

  /**
   * The same layer with another GRU variant.
   *
   * @param value the variant
   * @return a changed copy
   */
  public RecurrentLayerSpec reset(ResetVariant value) {
    return new RecurrentLayerSpec(
        cell, hiddenSize, activation, gateActivation, value, biases, options);
  }

  /**
   * The same layer with other biases.
   *
   * @param value which biases
   * @return a changed copy
   */
  public RecurrentLayerSpec biases(Biases value) {
    return new RecurrentLayerSpec(
        cell, hiddenSize, activation, gateActivation, reset, value, options);
  }

  /**
   * What a plan would compute.
   *
   * @param inputSize I
   * @param dataType the model's floating type
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
