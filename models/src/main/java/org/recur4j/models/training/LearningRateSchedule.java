package org.recur4j.models.training;

/** How the learning rate moves over a training: a factor on the optimiser's own rate. */
@FunctionalInterface
public interface LearningRateSchedule {
  /**
   * The factor for one step.
   *
   * @param step 0 … steps − 1
   * @param steps all steps of the training, if it runs to its end
   * @return at least 0
   */
  double factor(long step, long steps);

  /**
   * Always 1.
   *
   * @return the schedule
   */
  static LearningRateSchedule constant() {
    return (step, steps) -> 1;
  }

  /**
   * Half a cosine from 1 towards 0 (Loshchilov, Hutter 2017, without restarts).
   *
   * @return the schedule
   */
  static LearningRateSchedule cosine() {
    return (step, steps) -> (1 + StrictMath.cos(Math.PI * step / steps)) / 2;
  }
}
