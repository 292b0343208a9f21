package org.recur4j.models.internal.layer;

import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;

/**
 * The context of one pass of one batch through the layers.
 *
 * @param ops operations to compute with; results belong to their scope
 * @param lengths lengths of the rows
 * @param lengthTensor the lengths as INT32 {@code [B]}
 * @param mode execution mode; TRAINING applies dropout and keeps what backward needs
 * @param seed seed of the dropout masks
 * @param step number of the training step; each step has different masks
 * @param passes workspaces of plans, which are reused by later batches
 * @param states initial and last states of recurrent layers
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
