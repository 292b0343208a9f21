package org.recur4j.models.internal.recurrent;

import org.recur4j.api.cell.State;
import org.recur4j.api.tensor.Tensor;

/**
 * What a recurrent layer makes of a batch of sequences.
 *
 * @param values {@code [T, B, F]}, the output of every step; 0 past a row's length
 * @param last the states after each direction's last step of each row (the reverse direction's is
 *     after the row's first step); every part is {@code [D, B, H]}, h first, then c of an LSTM, or
 *     whatever parts a cell of the user's own has. It may be the next run's initial state
 */
public record ScanOutput(Tensor values, State last) {}
