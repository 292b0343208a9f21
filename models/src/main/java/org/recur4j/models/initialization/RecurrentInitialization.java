package org.recur4j.models.initialization;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * What the weights of one recurrent layer start from.
 *
 * @param rule which
 * @param gain of the recurrent weights, above 0; 1 where the rule has none
 */
public record RecurrentInitialization(Rule rule, double gain) {
  /** The rules. */
  public enum Rule {
    /** As the network's {@code Start} says. */
    NETWORK,
    /**
     * Glorot-uniform input weights, orthogonal recurrent weights times the gain, biases as the cell
     * asks (zeros, but 1 for an LSTM's forget gate).
     */
    ORTHOGONAL,
    /** Everything uniform within ±1/√H. */
    PYTORCH,
    /**
     * Recurrent weights: the identity times the gain, in every gate; input weights Gaussian with
     * standard deviation 0.001; biases as the cell asks. Made for vanilla cells with ReLU, the IRNN
     * (Q. V. Le, N. Jaitly, G. E. Hinton, "A simple way to initialize recurrent networks of
     * rectified linear units", 2015, sections 3 and 4).
     */
    IDENTITY
  }

  private static final double IRNN_DEVIATION = 0.001;

  /** Checks the gain. */
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
   * As the network's {@code Start} says.
   *
   * @return the rule of layers that ask for none
   */
  public static RecurrentInitialization asNetwork() {
    return new RecurrentInitialization(Rule.NETWORK, 1);
  }

  /**
   * Glorot-uniform and orthogonal weights, whatever the network's {@code Start}.
   *
   * @return the rule
   */
  public static RecurrentInitialization standard() {
    return orthogonal(1);
  }

  /**
   * Standard, with recurrent weights that scale a state.
   *
   * @param gain all singular values of each gate's recurrent weights
   * @return the rule
   */
  public static RecurrentInitialization orthogonal(double gain) {
    return new RecurrentInitialization(Rule.ORTHOGONAL, gain);
  }

  /**
   * What PyTorch does.
   *
   * @return the rule
   */
  public static RecurrentInitialization pytorch() {
    return new RecurrentInitialization(Rule.PYTORCH, 1);
  }

  /**
   * Le, Jaitly and Hinton's; with {@code vanilla(h).activation(Activation.RELU)} the IRNN.
   *
   * @param gain the diagonal of the recurrent weights: 1, or less to forget faster
   * @return the rule
   */
  public static RecurrentInitialization identity(double gain) {
    return new RecurrentInitialization(Rule.IDENTITY, gain);
  }

  /**
   * For {@code weight_ih}, blocks [H, I].
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
   * For {@code weight_hh}, blocks [H, H].
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
   * What summaries add to a layer's name.
   *
   * @return empty for {@link Rule#NETWORK}
   */
  public String note() {
    return switch (rule) {
      case NETWORK -> "";
      case ORTHOGONAL -> ", orthogonal × " + gain;
      case PYTORCH -> ", initialized as PyTorch does";
      case IDENTITY -> ", identity × " + gain;
    };
  }
}
