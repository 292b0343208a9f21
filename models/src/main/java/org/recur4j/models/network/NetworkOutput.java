package org.recur4j.models.network;

import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.session.NetworkState;

/**
 * The output of a forward pass.
 *
 * @param values logits or values: {@code [B, C]}, or {@code [T, B, C]} if every step has an output
 * @param last the state after each row's last step
 */
public record NetworkOutput(Tensor values, NetworkState last) {}
