package org.recur4j.api.recurrent;

import org.recur4j.api.tensor.Tensor;

/**
 * The state of a plan at one step, or its gradient.
 *
 * @param hidden h, {@code [D, B, H]}
 * @param cell c, {@code [D, B, H]} for an LSTM, null for other cells
 */
public record RecurrentState(Tensor hidden, Tensor cell) {}
