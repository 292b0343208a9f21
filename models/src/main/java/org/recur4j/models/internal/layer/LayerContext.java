package org.recur4j.models.internal.layer;

import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;

/**
 * One pass of one batch through the layers.
 *
 * @param ops the mathematics; results live in its scope
 * @param lengths of the rows
 * @param lengthTensor the same, INT32 {@code [B]}
 * @param mode TRAINING draws dropout masks and keeps what backward needs
 * @param seed of the dropout masks
 * @param step number of the training step; every step has masks of its own
 * @param passes the workspaces of fused layers, which outlive the batch
 * @param states what recurrent layers begin with and hand on
 */
public record LayerContext(
    Ops ops,
    Lengths lengths,
    Tensor lengthTensor,
    Mode mode,
    long seed,
    long step,
    Workspaces passes,
    CarriedStates states) {}
