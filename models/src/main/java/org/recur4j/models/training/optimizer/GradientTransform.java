package org.recur4j.models.training.optimizer;

import org.recur4j.api.ops.Ops;
import org.recur4j.models.autodiff.Gradients;

/**
 * Changes the gradients of a step before they are measured, clipped and move the weights: where a
 * training that is spread over several processes averages them.
 */
@FunctionalInterface
public interface GradientTransform {
  /**
   * Called once a step, when the gradients of all its parts have been added up. A batch without an
   * answer that counts makes no step.
   *
   * @param ops mathematics without a tape; its results are gone after the step
   * @param gradients a tensor on the backend for each parameter, to be overwritten in place. Where
   *     one is not finite afterwards, no weight moves in this step
   */
  void transform(Ops ops, Gradients gradients);

  /**
   * One after the other.
   *
   * @param next what is called after this
   * @return the two together
   */
  default GradientTransform then(GradientTransform next) {
    return (ops, gradients) -> {
      transform(ops, gradients);
      next.transform(ops, gradients);
    };
  }
}
