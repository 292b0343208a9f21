package org.recur4j.models.internal.layer;

import java.util.List;
import org.recur4j.api.cell.State;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;

/**
 * A recurrent layer's last call in a batch that is traced.
 *
 * @param pass of its plan; null where it ran step by step
 * @param lengths of the rows
 * @param initial the state before the first step, parts {@code [D, B, H]}; null for zeros
 * @param hidden h_t {@code [B, H]} of each direction in walking order; empty where a plan ran
 */
public record TracedCall(Pass pass, Lengths lengths, State initial, List<List<Tensor>> hidden) {}
