package org.recur4j.models.comparison;

import java.util.List;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.models.training.report.EpochReport;

/**
 * A training on one backend.
 *
 * @param backend where it ran
 * @param steps times of the training steps, in rounds, without those that warmed up; validation is
 *     not part of a step
 * @param losses of every step's batch, from the first
 * @param epochs as the trainer reported them
 * @param seconds from the first turn to the last, without the waiting
 * @param tensorBytes the most memory that live tensors took; of a device on a device
 * @param result what the training gave
 * @param <R> its type
 */
public record TrainingCourse<R>(
    BackendInfo backend,
    Durations steps,
    double[] losses,
    List<EpochReport> epochs,
    double seconds,
    long tensorBytes,
    R result) {
  /** Copies the list; the array is not copied. */
  public TrainingCourse {
    epochs = List.copyOf(epochs);
  }

  /**
   * The last step's loss.
   *
   * @return NaN where no step was taken
   */
  public double finalLoss() {
    return losses.length == 0 ? Double.NaN : losses[losses.length - 1];
  }
}
