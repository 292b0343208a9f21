package org.recur4j.models.diagnosis;

import java.util.Comparator;
import java.util.List;

/**
 * The figures of the probe batch at one moment of training.
 *
 * @param step number of batches trained on before
 * @param loss loss of the probe batch
 * @param gradientNorm norm of the gradient of all weights for the probe batch, not clipped
 * @param layers one element per recurrent layer and direction, first layer first
 */
public record FlowSnapshot(long step, double loss, double gradientNorm, List<LayerFlow> layers) {
  /** Creates a snapshot with a copy of the list. */
  public FlowSnapshot {
    layers = List.copyOf(layers);
  }

  /**
   * Returns the layer whose gradient changes most during backpropagation.
   *
   * @return one of {@link #layers}
   */
  public LayerFlow worst() {
    return layers.stream().max(Comparator.comparingDouble(FlowSnapshot::change)).orElseThrow();
  }

  private static double change(LayerFlow flow) {
    double overall = flow.decay().overall();
    return Double.isNaN(overall) ? Double.POSITIVE_INFINITY : Math.abs(Math.log(overall));
  }
}
