package org.recur4j.api.recurrent;

import org.recur4j.api.tensor.Tensor;

/**
 * The results of forward. In backward, the gradients with respect to them, which are read. All
 * tensors have the specification's data type.
 *
 * <table>
 *   <caption>Which components may be null</caption>
 *   <tr><th>Component</th><th>null in forward</th><th>null in backward</th></tr>
 *   <tr><td>y</td><td>not wanted</td><td>zero</td></tr>
 *   <tr><td>last</td><td>not wanted</td><td>zero</td></tr>
 *   <tr><td>last.hidden, last.cell</td><td>not allowed, except that the cell part must be null
 *     for cells other than the LSTM</td><td>zero</td></tr>
 * </table>
 *
 * @param y {@code [T, B, D·H]}, the forward half first; exactly 0 past a row's length, where its
 *     gradient is not read
 * @param last the state after each row's last valid step, which is the initial state for a length
 *     of 0; may be the initial state's own tensors
 */
public record RecurrentOutput(Tensor y, RecurrentState last) {}
