package org.recur4j.models.internal.layer;

import org.recur4j.api.tensor.Tensor;

/**
 * What flows from layer to layer.
 *
 * @param values {@code [T, B, F]} (or INT32 {@code [T, B]} before an embedding); {@code [B, F]}
 *     once a sequence has been folded into one vector
 * @param last the states after each row's last step, {@code [B, F]}; null behind layers without one
 */
public record LayerOutput(Tensor values, Tensor last) {}
