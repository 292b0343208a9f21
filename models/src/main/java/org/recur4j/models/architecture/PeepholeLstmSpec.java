package org.recur4j.models.architecture;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Direction;

/**
 * A recurrent layer of peephole LSTM cells, whose gates also depend on the cell state. See {@code
 * PeepholeLstmCell} for the equations.
 *
 * @param hiddenSize H
 * @param gateActivation σ, activation of the gates
 * @param activation φ, activation of the candidate
 * @param outputActivation ψ, activation of the output
 * @param clip bound of the pre-activations of σ and φ; infinity for none
 * @param coupled whether f = 1 − i
 * @param options options that surround the cells
 */
public record PeepholeLstmSpec(
    int hiddenSize,
    Activation gateActivation,
    Activation activation,
    Activation outputActivation,
    double clip,
    boolean coupled,
    RecurrentOptions options)
    implements LayerSpec.Recurrent {
  /** Validates size and clip, and that nothing is missing. */
  public PeepholeLstmSpec {
    InvalidArgumentException.requireGiven(gateActivation, "peephole LSTM", "gate activation");
    InvalidArgumentException.requireGiven(activation, "peephole LSTM", "activation");
    InvalidArgumentException.requireGiven(outputActivation, "peephole LSTM", "output activation");
    InvalidArgumentException.requireGiven(options, "peephole LSTM", "options");
    if (hiddenSize < 1 || !(clip > 0)) {
      throw new InvalidArgumentException(
          "peephole LSTM",
          "hidden size " + hiddenSize + ", clip " + clip,
          "a size of at least 1 and a clip above 0",
          "Choose a positive size; use an infinite clip for none");
    }
  }

  /**
   * Returns a forward layer with sigmoid gates, tanh elsewhere, no clip and uncoupled gates.
   *
   * @param hiddenSize H
   * @return the description
   */
  public static PeepholeLstmSpec of(int hiddenSize) {
    return new PeepholeLstmSpec(
        hiddenSize,
        Activation.SIGMOID,
        Activation.TANH,
        Activation.TANH,
        Double.POSITIVE_INFINITY,
        false,
        RecurrentOptions.of(Direction.FORWARD));
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.peephole(this);
  }

  @Override
  public PeepholeLstmSpec with(RecurrentOptions value) {
    return new PeepholeLstmSpec(
        hiddenSize, gateActivation, activation, outputActivation, clip, coupled, value);
  }

  /**
   * Returns the same layer with the given activations.
   *
   * @param gate σ, activation of the gates
   * @param candidate φ, activation of the candidate
   * @param output ψ, activation of the output
   * @return a changed copy
   */
  public PeepholeLstmSpec activations(Activation gate, Activation candidate, Activation output) {
    return new PeepholeLstmSpec(hiddenSize, gate, candidate, output, clip, coupled, options);
  }

  /**
   * Returns the same layer with bounded pre-activations.
   *
   * @param bound bound, above 0
   * @return a changed copy
   */
  public PeepholeLstmSpec clip(double bound) {
    return new PeepholeLstmSpec(
        hiddenSize, gateActivation, activation, outputActivation, bound, coupled, options);
  }

  /**
   * Returns the same layer with coupled gates, f = 1 − i.
   *
   * @return a changed copy
   */
  public PeepholeLstmSpec coupledGates() {
    return new PeepholeLstmSpec(
        hiddenSize, gateActivation, activation, outputActivation, clip, true, options);
  }
}
