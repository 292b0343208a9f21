package org.recur4j.api.reference;

import java.util.List;

/**
 * The gradients that backward of a naive layer returns.
 *
 * @param x ∂L/∂x, {@code [T, B, I]}, 0 past a length
 * @param initialHidden ∂L/∂h₀, {@code [D, B, H]}
 * @param initialCell ∂L/∂c₀, {@code [D, B, H]}; null unless LSTM
 * @param weights one entry for each direction, with the shapes of the weights
 * @param stateGradients ∂L/∂h_t including the part through later steps, {@code [T, B, D, H]}, 0
 *     past a length
 */
public record NaiveGradients(
    double[] x,
    double[] initialHidden,
    double[] initialCell,
    List<NaiveWeights> weights,
    double[] stateGradients) {}
