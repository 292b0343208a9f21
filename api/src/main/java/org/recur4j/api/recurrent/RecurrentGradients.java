package org.recur4j.api.recurrent;

import java.util.List;

/**
 * The tensors that backward adds the gradients of the weights to. Backward reads their old
 * contents, so the caller clears them before the first of the passes that are summed. No tensor may
 * be null that the weights have, and a tensor that they do not have must be null; a caller who
 * wants none of the gradients gives null for the whole record.
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
