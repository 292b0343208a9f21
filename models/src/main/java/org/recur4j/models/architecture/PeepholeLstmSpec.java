package org.recur4j.models.architecture;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Direction;

/**
 * A recurrent layer of LSTM cells whose gates also see the cell; {@code PeepholeLstmCell} has the
 * equations.
 *
 * @param hiddenSize H
 * @param gateActivation σ
 * @param activation φ of the candidate
 * @param outputActivation ψ of the output
 * @param clip bound of the sums in front of σ and φ; infinite for none
 * @param coupled whether f = 1 − i
 * @param options what surrounds the cells
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
  /** Checks size and clip, and that nothing is missing. */
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
          "Choose a positive size; leave the clip infinite for none");
    }
  }

  /**
   * Sigmoid gates, tanh elsewhere, no clip, gates apart, forward.
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
  public PeepholeLstmSpec with(RecurrentOptions value) {
    return new PeepholeLstmSpec(
        hiddenSize, gateActivation, activation, outputActivation, clip, coupled, value);
  }

  /**
   * The same layer with other activations.
   *
   * @param gate σ
   * @param candidate φ
   * @param output ψ
   * @return a changed copy
   */
  public PeepholeLstmSpec activations(Activation gate, Activation candidate, Activation output) {
    return new PeepholeLstmSpec(hiddenSize, gate, candidate, output, clip, coupled, options);
  }

  /**
   * The same layer with bounded sums.
   *
   * @param bound above 0
   * @return a changed copy
   */
  public PeepholeLstmSpec clip(double bound) {
    return new PeepholeLstmSpec(
        hiddenSize, gateActivation, activation, outputActivation, bound, coupled, options);
  }

  /**
   * The same layer with f = 1 − i.
   *
   * @return a changed copy
   */
  public PeepholeLstmSpec coupledGates() {
    return new PeepholeLstmSpec(
        hiddenSize, gateActivation, activation, outputActivation, clip, true, options);
  }
}
