package org.recur4j.models.training.schedule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.training.optimizer.Clipping;
import org.recur4j.models.training.optimizer.Optimizer;

/**
 * How to train.
 *
 * @param optimizer how gradients move weights
 * @param schedule how the learning rate moves
 * @param epochs at most, at least 1
 * @param batching how examples become steps
 * @param clipping how gradients are held small
 * @param validationFraction of the examples that are set aside for validation, in [0, 1)
 * @param selection which epoch's weights training ends with
 * @param seed of split, order and dropout
 */
public record TrainingPlan(
    Optimizer optimizer,
    LearningRateSchedule schedule,
    int epochs,
    Batching batching,
    Clipping clipping,
    double validationFraction,
    Selection selection,
    long seed) {
  /** Checks the numbers and the optimizer. */
  public TrainingPlan {
    Optimizer.checkLearningRate(optimizer.learningRate());
    checkSlots(optimizer.slots());
    check(epochs >= 1, "epochs " + epochs, "at least 1");
    check(
        validationFraction >= 0 && validationFraction < 1,
        "validation fraction " + validationFraction,
        "in [0, 1)");
  }

  private static void checkSlots(List<String> names) {
    Set<String> unique = new HashSet<>();
    for (String name : names) {
      if (!name.matches("[A-Za-z0-9_-]+") || !unique.add(name)) {
        throw new InvalidArgumentException(
            "optimizer",
            "slot '" + name + "' among " + names,
            "unique names of letters, digits, hyphens and underscores",
            "Correct the optimizer's slots(): checkpoints store slots under these names");
      }
    }
  }

  private static void check(boolean right, String got, String expected) {
    if (!right) {
      throw new InvalidArgumentException("trainer", got, expected, "Correct the trainer's builder");
    }
  }
}
