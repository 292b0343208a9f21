package org.recur4j.models.initialisation;

import java.util.Objects;

/**
 * What the four kinds of parameters of a recurrent layer start from, in every layer and direction.
 *
 * @param inputWeights for {@code weight_ih} [G·H, I]
 * @param recurrentWeights for {@code weight_hh} [G·H, H]
 * @param inputBias for {@code bias_ih} [G·H], also where it is the only bias
 * @param recurrentBias for {@code bias_hh} [G·H]
 */
public record RecurrentInitialisation(
    Initialiser inputWeights,
    Initialiser recurrentWeights,
    Initialiser inputBias,
    Initialiser recurrentBias) {
  private static final int FORGET_GATE = 1;

  /** Refuses null. */
  public RecurrentInitialisation {
    Objects.requireNonNull(inputWeights, "inputWeights");
    Objects.requireNonNull(recurrentWeights, "recurrentWeights");
    Objects.requireNonNull(inputBias, "inputBias");
    Objects.requireNonNull(recurrentBias, "recurrentBias");
  }

  /**
   * The default: Glorot-uniform input weights, orthogonal recurrent weights, zero biases.
   *
   * @return the initialisation of vanilla and GRU layers
   */
  public static RecurrentInitialisation standard() {
    return new RecurrentInitialisation(
        new Initialiser.GlorotUniform(1),
        new Initialiser.Orthogonal(1),
        new Initialiser.Zeros(),
        new Initialiser.Zeros());
  }

  /**
   * The default with forget bias 1, so that an untrained LSTM remembers.
   *
   * @return the initialisation of LSTM layers, gate rows i f g o
   */
  public static RecurrentInitialisation standardLstm() {
    return standard().withInputBias(new Initialiser.BlockConstant(FORGET_GATE, 1));
  }

  /**
   * What PyTorch does: every parameter uniform within ±1/√H.
   *
   * @return the initialisation
   */
  public static RecurrentInitialisation pytorch() {
    Initialiser uniform = new Initialiser.UniformByHiddenSize();
    return new RecurrentInitialisation(uniform, uniform, uniform, uniform);
  }

  /**
   * The same with another input bias.
   *
   * @param bias for {@code bias_ih}
   * @return a copy
   */
  public RecurrentInitialisation withInputBias(Initialiser bias) {
    return new RecurrentInitialisation(inputWeights, recurrentWeights, bias, recurrentBias);
  }
}
