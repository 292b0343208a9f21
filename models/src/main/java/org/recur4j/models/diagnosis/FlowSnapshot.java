package org.recur4j.models.diagnosis;

import java.util.Comparator;
import java.util.List;

/**
 * What the probe saw at one moment of a training.
 *
 * @param step batches learned from before it
 * @param loss of the probe batch
 * @param gradientNorm of all weights together for the probe batch, before any clipping
 * @param layers one for each recurrent layer and direction, first layer first
 */
public record FlowSnapshot(long step, double loss, double gradientNorm, List<LayerFlow> layers) {
  /** Copies the list. */
  public FlowSnapshot {
    layers = List.copyOf(layers);
  }

  /**
   * The layer whose gradient changes most on its way back: what ails the network.
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
