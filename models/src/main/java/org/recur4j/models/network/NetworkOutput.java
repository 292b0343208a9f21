package org.recur4j.models.network;

import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.session.NetworkState;

/**
 * What a pass of a network gives.
 *
 * @param values logits or values: {@code [B, C]}, or {@code [T, B, C]} of a many-to-many network
 * @param last what the network remembers after each row's last step
 */
public record NetworkOutput(Tensor values, NetworkState last) {}
