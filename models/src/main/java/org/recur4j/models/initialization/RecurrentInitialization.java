package org.recur4j.models.initialization;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * The initialization of one recurrent layer.
 *
 * @param rule initialization rule
 * @param gain gain of the recurrent weights, above 0; 1 if the rule has none
 */
public record RecurrentInitialization(Rule rule, double gain) {
  /** The initialization rules. */
  public enum Rule {
    /** The network's {@code InitialWeights}. */
    NETWORK,
    /**
     * Glorot-uniform input weights, orthogonal recurrent weights times the gain, and the cell's
     * default biases (zeros, but 1 for an LSTM's forget gate).
     */
    ORTHOGONAL,
    /** All parameters uniform within ±1/√H, as in PyTorch. */
    PYTORCH,
    /**
     * Recurrent weights of the identity times the gain in every gate, Gaussian input weights with
     * standard deviation 0.001, and the cell's default biases. Intended for vanilla cells with
     * ReLU, the IRNN (Q. V. Le, N. Jaitly, G. E. Hinton, "A simple way to initialize recurrent
     * networks of rectified linear units", 2015, sections 3 and 4).
     */
    IDENTITY
  }

  private static final double IRNN_DEVIATION = 0.001;

  /** Validates the gain. */
  public RecurrentInitialization {
    InvalidArgumentException.requireGiven(rule, "recurrent initialization", "rule");
    boolean scaled = rule == Rule.ORTHOGONAL || rule == Rule.IDENTITY;
    if (!(gain > 0) || Double.isInfinite(gain) || !(scaled || gain == 1)) {
      throw new InvalidArgumentException(
          "recurrent initialization " + rule,
          "gain " + gain,
          scaled ? "a finite gain above 0" : "gain 1",
          "Use orthogonal(gain) or identity(gain) to scale recurrent weights");
    }
  }

  /**
   * Returns the rule that follows the network's {@code InitialWeights}.
   *
   * @return the default initialization of a layer
   */
  public static RecurrentInitialization asNetwork() {
    return new RecurrentInitialization(Rule.NETWORK, 1);
  }

  /**
   * Returns Glorot-uniform input and orthogonal recurrent weights, regardless of the network's
   * {@code InitialWeights}.
   *
   * @return the initialization
   */
  public static RecurrentInitialization standard() {
    return orthogonal(1);
  }

  /**
   * Returns Glorot-uniform input and orthogonal recurrent weights with a gain.
   *
   * @param gain value of all singular values of each gate's recurrent weights
   * @return the initialization
   */
  public static RecurrentInitialization orthogonal(double gain) {
    return new RecurrentInitialization(Rule.ORTHOGONAL, gain);
  }

  /**
   * Returns PyTorch's initialization.
   *
   * @return the initialization
   */
  public static RecurrentInitialization pytorch() {
    return new RecurrentInitialization(Rule.PYTORCH, 1);
  }

  /**
   * Returns the initialization of Le, Jaitly and Hinton; with {@code
   * vanilla(h).activation(Activation.RELU)}, it yields the IRNN.
   *
   * @param gain diagonal of the recurrent weights; 1, or less for shorter memory
   * @return the initialization
   */
  public static RecurrentInitialization identity(double gain) {
    return new RecurrentInitialization(Rule.IDENTITY, gain);
  }

  /**
   * Returns the initializer of {@code weight_ih}, blocks [H, I].
   *
   * @return the initializer
   */
  public Initializer inputWeights() {
    return switch (rule) {
      case NETWORK, ORTHOGONAL -> new Initializer.GlorotUniform(1);
      case PYTORCH -> new Initializer.UniformByHiddenSize();
      case IDENTITY -> new Initializer.Gaussian(0, IRNN_DEVIATION);
    };
  }

  /**
   * Returns the initializer of {@code weight_hh}, blocks [H, H].
   *
   * @return the initializer
   */
  public Initializer recurrentWeights() {
    return switch (rule) {
      case NETWORK, ORTHOGONAL -> new Initializer.Orthogonal(gain);
      case PYTORCH -> new Initializer.UniformByHiddenSize();
      case IDENTITY -> new Initializer.Identity(gain);
    };
  }

  /**
   * Returns the text that summaries append to a layer's name.
   *
   * @return empty for {@link Rule#NETWORK}
   */
  public String note() {
    return switch (rule) {
      case NETWORK -> "";
      case ORTHOGONAL -> ", orthogonal × " + gain;
      case PYTORCH -> ", PyTorch initialization";
      case IDENTITY -> ", identity × " + gain;
    };
  }
}
