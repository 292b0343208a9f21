package org.recur4j.models.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * The gradient flow through one direction of one recurrent layer. Arrays are not copied.
 *
 * @param layer name of the layer
 * @param reverse whether this direction reads from the last step to the first
 * @param gradientNorms ‖∂L/∂h‖ by steps back from the last one processed, which is 0: the root mean
 *     square over the rows of sufficient length; 0 where backpropagation was truncated
 * @param decay decay estimated from the norms
 * @param jacobian norms of the step Jacobians; empty if the layer runs step by step or its Jacobian
 *     is not implemented
 * @param spectralRadii spectral radius of W_hh for each gate in the stored order; empty if no
 *     decompositions are available or the layer runs step by step
 * @param saturation one element per sigmoid or tanh gate; empty if the layer runs step by step
 * @param diagnosis verdict
 */
public record LayerFlow(
    String layer,
    boolean reverse,
    double[] gradientNorms,
    Decay decay,
    Optional<JacobianNorms> jacobian,
    List<Double> spectralRadii,
    List<GateSaturation> saturation,
    Diagnosis diagnosis) {
  /** Creates a value with copies of the lists. */
  public LayerFlow {
    spectralRadii = List.copyOf(spectralRadii);
    saturation = List.copyOf(saturation);
  }
}
