package org.recur4j.api.recurrent;

import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;

/**
 * The operands of forward. In backward, the tensors that receive the gradients with respect to
 * them. All floating tensors have the specification's data type.
 *
 * <table>
 *   <caption>Which components may be null</caption>
 *   <tr><th>Component</th><th>null in forward</th><th>null in backward</th></tr>
 *   <tr><td>x</td><td>not allowed</td><td>gradient not wanted</td></tr>
 *   <tr><td>lengths</td><td>every row has T steps</td><td>ignored</td></tr>
 *   <tr><td>initial</td><td>zeros</td><td>gradient not wanted</td></tr>
 *   <tr><td>initial.hidden, initial.cell</td><td>not allowed, except that the cell part must be
 *     null for cells other than the LSTM</td><td>gradient not wanted</td></tr>
 *   <tr><td>hiddenMask</td><td>not allowed if the specification has a mask; must be null if it
 *     has none</td><td>ignored</td></tr>
 * </table>
 *
 * @param x {@code [T, B, I]}; values past a row's length are not read, and their gradient is
 *     exactly 0
 * @param lengths the length of each of the B rows, from 0 to T
 * @param initial the state before the first step
 * @param hiddenMask {@code [D, B, H]}, multiplied by the hidden state before the product with W_hh
 *     at each step
 */
public record RecurrentInput(
    Tensor x, Lengths lengths, RecurrentState initial, Tensor hiddenMask) {}
