package org.recur4j.models.initialisation;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * What the weights of one recurrent layer start from.
 *
 * @param rule which
 * @param gain of the recurrent weights, above 0; 1 where the rule has none
 */
public record RecurrentInitialisation(Rule rule, double gain) {
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
  public RecurrentInitialisation {
    InvalidArgumentException.requireGiven(rule, "recurrent initialization", "rule");
    boolean scaled = rule == Rule.ORTHOGONAL || rule == Rule.IDENTITY;
    if (!(gain > 0) || Double.isInfinite(gain) || !(scaled || gain == 1)) {
      throw new InvalidArgumentException(
          "recurrent initialisation " + rule,
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
  public static RecurrentInitialisation asNetwork() {
    return new RecurrentInitialisation(Rule.NETWORK, 1);
  }

  /**
   * Glorot-uniform and orthogonal weights, whatever the network's {@code Start}.
   *
   * @return the rule
   */
  public static RecurrentInitialisation standard() {
    return orthogonal(1);
  }

  /**
   * Standard, with recurrent weights that scale a state.
   *
   * @param gain all singular values of each gate's recurrent weights
   * @return the rule
   */
  public static RecurrentInitialisation orthogonal(double gain) {
    return new RecurrentInitialisation(Rule.ORTHOGONAL, gain);
  }

  /**
   * What PyTorch does.
   *
   * @return the rule
   */
  public static RecurrentInitialisation pytorch() {
    return new RecurrentInitialisation(Rule.PYTORCH, 1);
  }

  /**
   * Le, Jaitly and Hinton's; with {@code vanilla(h).activation(Activation.RELU)} the IRNN.
   *
   * @param gain the diagonal of the recurrent weights: 1, or less to forget faster
   * @return the rule
   */
  public static RecurrentInitialisation identity(double gain) {
    return new RecurrentInitialisation(Rule.IDENTITY, gain);
  }

  /**
   * For {@code weight_ih}, blocks [H, I].
   *
   * @return the initialiser
   */
  public Initialiser inputWeights() {
    return switch (rule) {
      case NETWORK, ORTHOGONAL -> new Initialiser.GlorotUniform(1);
      case PYTORCH -> new Initialiser.UniformByHiddenSize();
      case IDENTITY -> new Initialiser.Gaussian(0, IRNN_DEVIATION);
    };
  }

  /**
   * For {@code weight_hh}, blocks [H, H].
   *
   * @return the initialiser
   */
  public Initialiser recurrentWeights() {
    return switch (rule) {
      case NETWORK, ORTHOGONAL -> new Initialiser.Orthogonal(gain);
      case PYTORCH -> new Initialiser.UniformByHiddenSize();
      case IDENTITY -> new Initialiser.Identity(gain);
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
      case PYTORCH -> ", initialised as PyTorch does";
      case IDENTITY -> ", identity × " + gain;
    };
  }
}
