package org.recur4j.api.reference;

/**
 * The outputs of forward of a naive layer.
 *
 * @param y {@code [T, B, D·H]}, 0 past a length
 * @param lastHidden {@code [D, B, H]}
 * @param lastCell {@code [D, B, H]}, null unless LSTM
 * @param gates the activated gates, {@code [T, B, D, G·H]}, 0 past a length; h for the vanilla cell
 * @param cellStates {@code [T, B, D, H]}, 0 past a length; null unless LSTM
 */
public record NaiveResult(
    double[] y, double[] lastHidden, double[] lastCell, double[] gates, double[] cellStates) {}
