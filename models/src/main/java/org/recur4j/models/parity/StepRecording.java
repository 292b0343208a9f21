package org.recur4j.models.parity;

import java.util.List;

/**
 * Every number of one training step, in the order of computing.
 *
 * @param loss mean of the batch
 * @param unit largest gradient that the loss hands to the model
 * @param choices how recurrent layers were run
 * @param forward the tensors of one operation after the other
 * @param backward the gradients of one operation after the other, the last operation first
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
