package org.recur4j.models.internal.layer;

import org.recur4j.api.tensor.Tensor;

/**
 * The output of a layer, which is the input of the next one.
 *
 * @param values {@code [T, B, F]} (or INT32 {@code [T, B]} before an embedding); {@code [B, F]}
 *     after the sequence has been reduced to one vector
 * @param last state after each row's last step, {@code [B, F]}; null after layers without one
 */
public record LayerOutput(Tensor values, Tensor last) {}
