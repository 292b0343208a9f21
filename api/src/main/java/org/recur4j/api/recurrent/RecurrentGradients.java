package org.recur4j.api.recurrent;

import java.util.List;

/**
 * Where backward adds the gradients of the weights.
 *
 * @param directions one entry a direction, forward first; shapes as the weights, and every tensor
 *     present that the weights have
 */
public record RecurrentGradients(List<DirectionWeights> directions) {
  /** Copies the list. */
  public RecurrentGradients {
    directions = List.copyOf(directions);
  }
}
