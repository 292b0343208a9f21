package org.recur4j.api.reference;

import java.util.List;

/**
 * What backward gives.
 *
 * @param x ∂L/∂x, {@code [T, B, I]}, 0 past a length
 * @param initialHidden ∂L/∂h₀, {@code [D, B, H]}
 * @param initialCell ∂L/∂c₀, {@code [D, B, H]}; null unless LSTM
 * @param weights one entry a direction, shapes as the weights
 * @param stateGradients ∂L/∂h_t with the part through later steps, {@code [T, B, D, H]}, 0 past a
 *     length
 */
public record NaiveGradients(
    double[] x,
    double[] initialHidden,
    double[] initialCell,
    List<NaiveWeights> weights,
    double[] stateGradients) {}
