package org.recur4j.models.training.optimizer;

import org.recur4j.api.ops.Ops;
import org.recur4j.models.autodiff.Gradients;

/**
 * A transform of the gradients of a step that runs before their norm is computed and they are
 * clipped. Distributed training can use it to average gradients.
 */
@FunctionalInterface
public interface GradientTransform {
  /**
   * Transforms the gradients of a step, after the gradients of all parts of the batch have been
   * accumulated. It is not called for a batch without a target that counts.
   *
   * @param ops operations without a tape; their results are released after the step
   * @param gradients the gradients, one tensor on the backend for each parameter, to be changed in
   *     place. If an element is not finite afterward, the step does not update the weights
   */
  void transform(Ops ops, Gradients gradients);

  /**
   * Returns a transform that runs this transform and then another one.
   *
   * @param next the transform to run after this one
   * @return the combined transform
   */
  default GradientTransform then(GradientTransform next) {
    return (ops, gradients) -> {
      transform(ops, gradients);
      next.transform(ops, gradients);
    };
  }
}
