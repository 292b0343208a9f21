package org.recur4j.models.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * How gradients flow through one direction of one recurrent layer. Arrays are not copied.
 *
 * @param layer its name
 * @param reverse whether it reads from the last step to the first
 * @param gradientNorms ‖∂L/∂h‖ by steps back from the last one walked, 0 first: the root mean
 *     square over the rows that are so long; 0 where backpropagation was truncated
 * @param decay what follows from them
 * @param jacobian of its steps; empty where the layer runs step by step or has none that we know
 * @param spectralRadii of W_hh, one for each gate in the stored order; empty where no backend
 *     decomposes matrices or the layer runs step by step
 * @param saturation one for each gate with two ends; none where the layer runs step by step
 * @param diagnosis the verdict
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
  /** Copies the lists. */
  public LayerFlow {
    spectralRadii = List.copyOf(spectralRadii);
    saturation = List.copyOf(saturation);
  }
}
