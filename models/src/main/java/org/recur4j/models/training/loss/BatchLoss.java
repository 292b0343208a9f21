package org.recur4j.models.training.loss;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.data.Target;

/**
 * The loss of a batch.
 *
 * @param mean over the answers that count, one element
 * @param answers how many count; at least 0
 * @param weight what the mean was divided by: the answers, or their weights' sum; at least 0
 * @param output logits or values {@code [N, C]}, for accuracy and metrics; null if nothing is told
 *     of them
 * @param target what the N rows should be; null exactly where output is
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
   * A loss in which every answer weighs the same.
   *
   * @param mean over the answers that count, one element
   * @param answers how many count
   * @param output logits {@code [N, C]} where classes are asked for, else null
   * @param labels the N classes, −1 where nothing counts; null exactly where output is
   */
  public BatchLoss(Tensor mean, int answers, Tensor output, int[] labels) {
    this(mean, answers, answers, output, labels == null ? null : Target.ofClasses(labels));
  }

  /**
   * A loss of which no accuracy is told, and no metric.
   *
   * @param mean over the answers that count, one element
   * @param answers how many count
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
