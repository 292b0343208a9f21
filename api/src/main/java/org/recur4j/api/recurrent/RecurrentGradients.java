package org.recur4j.api.recurrent;

import java.util.List;

/**
 * The tensors to which backward adds the gradients of the weights. Backward reads their old
 * contents, so the caller clears them before the first of the passes to be summed. A tensor is null
 * exactly where the weights have none; a caller who wants no gradients at all passes null instead
 * of this record.
 *
 * @param directions one entry for each direction, forward first; shapes and data type as the
 *     weights
 */
public record RecurrentGradients(List<DirectionWeights> directions) {
  /** Copies the list. */
  public RecurrentGradients {
    directions = List.copyOf(directions);
  }
}
