package org.recur4j.api.recurrent;

import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;

/**
 * What goes into a plan, or (for backward) where the gradients of it go.
 *
 * @param x {@code [T, B, I]}; as a gradient, null if not wanted
 * @param lengths of the rows; null means all full (ignored in a gradient)
 * @param initial state before the first step, complete; null means zeros (as a gradient: not
 *     wanted; either part of it may be null too)
 * @param hiddenMask {@code [D, B, H]} multiplied into h′ before W_hh; present exactly when the
 *     specification says so (ignored in a gradient)
 */
public record RecurrentInput(
    Tensor x, Lengths lengths, RecurrentState initial, Tensor hiddenMask) {}
