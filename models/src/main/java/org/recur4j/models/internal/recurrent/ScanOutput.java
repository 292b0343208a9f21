package org.recur4j.models.internal.recurrent;

import org.recur4j.api.cell.State;
import org.recur4j.api.tensor.Tensor;

/**
 * The result of a recurrent layer for a batch of sequences.
 *
 * @param values output of every step, {@code [T, B, F]}; 0 past a row's length
 * @param last state after each direction's last step of each row (for the reverse direction, the
 *     row's first step), with parts {@code [D, B, H]}: h, then c for an LSTM, or the parts of a
 *     user-defined cell; it may be the initial state of the next run
 */
public record ScanOutput(Tensor values, State last) {}
