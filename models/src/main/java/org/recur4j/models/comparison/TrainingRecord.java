package org.recur4j.models.comparison;

import java.util.List;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.models.training.report.EpochReport;

/**
 * The record of a training on one backend.
 *
 * @param backend description of the backend
 * @param steps durations of the training steps, in rounds, without warm-up rounds and without
 *     validation
 * @param losses loss of every step's batch, from the first
 * @param epochs reports of the epochs by the trainer
 * @param seconds total time of its turns, without waiting
 * @param tensorBytes peak memory of live tensors, on a device that of the device
 * @param result result of the training
 * @param <R> type of the result
 */
public record TrainingRecord<R>(
    BackendInfo backend,
    Durations steps,
    double[] losses,
    List<EpochReport> epochs,
    double seconds,
    long tensorBytes,
    R result) {
  /** Creates a record with a copy of the list; the array is not copied. */
  public TrainingRecord {
    epochs = List.copyOf(epochs);
  }

  /**
   * Returns the loss of the last step.
   *
   * @return the loss; NaN if there was no step
   */
  public double finalLoss() {
    return losses.length == 0 ? Double.NaN : losses[losses.length - 1];
  }
}
