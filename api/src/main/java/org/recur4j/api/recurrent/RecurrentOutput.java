package org.recur4j.api.recurrent;

import org.recur4j.api.tensor.Tensor;

/**
 * What comes out of a plan, or (for backward) the gradients with respect to it.
 *
 * @param y {@code [T, B, D·H]}; null if not wanted (as a gradient: zero)
 * @param last the state after each row's last real step, complete; may be the initial state's own
 *     tensors; null if not wanted (as a gradient: zero; either part of it may be null too)
 */
public record RecurrentOutput(Tensor y, RecurrentState last) {}
