package org.recur4j.models.training.loss;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.data.Target;

/**
 * The loss of a batch.
 *
 * @param mean the mean over the targets that count, one element
 * @param answers the number of targets that count, at least 0
 * @param weight the divisor of the mean: the number of targets or the sum of their weights; at
 *     least 0
 * @param output the logits or values {@code [N, C]}, for accuracy and metrics; null if there are
 *     none
 * @param target the target of the N rows; null if and only if {@code output} is
 */
public record BatchLoss(Tensor mean, int answers, double weight, Tensor output, Target target) {
  /** Checks that the parts fit together. */
  public BatchLoss {
    if (mean.size() != 1 || answers < 0 || !(weight >= 0)) {
      throw refuse(mean + " over " + answers + " answers", "one element over at least 0 answers");
    }
    if ((output == null) != (target == null)) {
      throw refuse(output == null ? "labels alone" : "an output alone", "both or neither");
    }
    if (output != null && (output.shape().rank() != 2 || output.extent(0) != target.rows())) {
      throw refuse(
          "output " + output + " with " + target.rows() + " labels", "[N, C] with N labels");
    }
  }

  /**
   * Creates a loss in which every target has the same weight.
   *
   * @param mean the mean over the targets that count, one element
   * @param answers the number of targets that count
   * @param output the logits {@code [N, C]} of classes, or null
   * @param labels the N classes, −1 in rows that do not count; null if and only if {@code output}
   *     is
   */
  public BatchLoss(Tensor mean, int answers, Tensor output, int[] labels) {
    this(mean, answers, answers, output, labels == null ? null : Target.ofClasses(labels));
  }

  /**
   * Returns a loss without outputs, for which no accuracy and no metrics are computed.
   *
   * @param mean the mean over the targets that count, one element
   * @param answers the number of targets that count
   * @return the loss
   */
  public static BatchLoss of(Tensor mean, int answers) {
    return new BatchLoss(mean, answers, null, null);
  }

  private static InvalidArgumentException refuse(String got, String expected) {
    return new InvalidArgumentException(
        "BatchLoss", got, expected, "Correct the forward method of the TrainableRun");
  }
}
