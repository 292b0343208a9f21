package org.recur4j.models.training.schedule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.training.optimizer.Clipping;
import org.recur4j.models.training.optimizer.Optimizer;

/**
 * The hyperparameters of training.
 *
 * @param optimizer the optimizer
 * @param schedule the learning rate schedule
 * @param epochs the maximum number of epochs, at least 1
 * @param batching the grouping of examples into batches and steps
 * @param clipping the gradient clipping
 * @param validationFraction the fraction of the examples set aside for validation, in [0, 1)
 * @param selection the selection of the best epoch
 * @param seed the seed of the validation split, the order of examples and dropout
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
      throw new InvalidArgumentException(
          "trainer", got, expected, "Correct the trainer's settings");
    }
  }
}
