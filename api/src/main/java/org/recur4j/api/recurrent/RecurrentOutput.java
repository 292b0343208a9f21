package org.recur4j.api.recurrent;

import org.recur4j.api.tensor.Tensor;

/**
 * The results that a plan writes in forward. In backward, the gradients with respect to them, which
 * are read. All tensors have the specification's data type.
 *
 * <table>
 *   <caption>Which components may be null</caption>
 *   <tr><th>Component</th><th>null in forward</th><th>null in backward</th></tr>
 *   <tr><td>y</td><td>not wanted</td><td>zero</td></tr>
 *   <tr><td>last</td><td>not wanted</td><td>zero</td></tr>
 *   <tr><td>last.hidden, last.cell</td><td>refused, but for the cell part of other cells than the
 *     LSTM, which must be null</td><td>zero</td></tr>
 * </table>
 *
 * @param y {@code [T, B, D·H]}, the forward half first; exactly 0 past a row's length. Its gradient
 *     is not read there
 * @param last the state after each row's last valid step, the initial state for a length of 0; may
 *     be the initial state's own tensors
 */
public record RecurrentOutput(Tensor y, RecurrentState last) {}
