package org.recur4j.models.internal.layer;

import java.util.List;
import org.recur4j.api.cell.State;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;

/**
 * The last call of a recurrent layer in a traced batch.
 *
 * @param pass pass of its plan; null if it ran step by step
 * @param lengths lengths of the rows
 * @param initial initial state, parts {@code [D, B, H]}; null for zeros
 * @param hidden h_t {@code [B, H]} of each direction in the order of processing; empty if a plan
 *     ran
 */
public record TracedCall(Pass pass, Lengths lengths, State initial, List<List<Tensor>> hidden) {}
