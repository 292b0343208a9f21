package org.recur4j.api.reference;

/**
 * The intermediate values of one step of one row, kept for backward.
 *
 * @param time the index on the T axis
 * @param input x
 * @param previousHidden h′
 * @param maskedHidden h̃ = mask · h′
 * @param previousCell c′, LSTM only
 * @param gates the activated gates, G blocks of H
 * @param hiddenCandidate hn = W_hn h̃ + b_hn, GRU with reset after the product only
 * @param cell c, LSTM only
 * @param hidden h
 */
record NaiveStep(
    int time,
    double[] input,
    double[] previousHidden,
    double[] maskedHidden,
    double[] previousCell,
    double[] gates,
    double[] hiddenCandidate,
    double[] cell,
    double[] hidden) {
  /** Returns one value of a gate's block. */
  double gate(int gate, int unit) {
    return gates[gate * hidden.length + unit];
  }
}
