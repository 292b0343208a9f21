package org.recur4j.models.parity;

import java.util.List;

/**
 * All results of one training step, in the order of computation.
 *
 * @param loss mean loss of the batch
 * @param unit largest gradient of the loss with respect to the model's output
 * @param choices plans of the recurrent layers
 * @param forward results of the forward pass, operation by operation
 * @param backward results of the backward pass, operation by operation, last operation first
 */
record StepRecording(
    double loss,
    double unit,
    List<PlanChoice> choices,
    List<List<Quantity>> forward,
    List<List<Quantity>> backward) {
  List<List<Quantity>> of(ParityPhase stage) {
    return stage == ParityPhase.FORWARD ? forward : backward;
  }
}
