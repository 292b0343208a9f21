package org.recur4j.api.reference;

/**
 * Everything one row's one step computed, kept for backward.
 *
 * @param time where on the T axis
 * @param input x
 * @param previousHidden h′
 * @param maskedHidden h̃ = mask · h′
 * @param previousCell c′, LSTM only
 * @param gates activated, G blocks of H
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
  /** Block {@code gate} of the gates. */
  double gate(int gate, int unit) {
    return gates[gate * hidden.length + unit];
  }
}
