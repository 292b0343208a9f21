package org.recur4j.models.training;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.schedule.TrainingPlan;

/**
 * The examples of a training run, checked and split.
 *
 * @param given the examples as passed by the caller
 * @param givenValidation the validation examples as passed by the caller
 * @param training the examples to train on
 * @param validation the examples to evaluate: the given ones and the fraction set aside
 * @param <E> the type of an example with its target
 */
record TrainingExamples<E>(
    List<E> given, List<E> givenValidation, List<E> training, List<E> validation) {
  /** Checks and splits the examples; each part that is not empty must have a target that counts. */
  static <E> TrainingExamples<E> of(
      Trainable<E> trainable, TrainingPlan plan, List<E> given, List<E> givenValidation) {
    double[] weights = weights(trainable, given, "example ");
    double[] validationWeights = weights(trainable, givenValidation, "validation example ");
    List<E> training = new ArrayList<>();
    List<E> validation = new ArrayList<>(givenValidation);
    double trainingWeight = 0;
    double validationWeight = sum(validationWeights);
    int aside = (int) Math.round(plan.validationFraction() * given.size());
    int[] order = new Philox(plan.seed()).permutation(given.size(), RandomStream.SPLIT.at(0), 0);
    for (int i = 0; i < order.length; i++) {
      if (i < aside) {
        validation.add(given.get(order[i]));
        validationWeight += weights[order[i]];
      } else {
        training.add(given.get(order[i]));
        trainingWeight += weights[order[i]];
      }
    }
    boolean mustValidate = plan.selection().needsValidation() || plan.schedule().needsValidation();
    if (training.isEmpty() || (mustValidate && validation.isEmpty())) {
      throw new InvalidArgumentException(
          "training",
          training.size() + " training examples, " + validation.size() + " validation examples",
          "at least one for training, and one for validation with early stopping, the best weights or"
              + " a schedule that looks at validation losses",
          "Give more examples, or a smaller or larger validation fraction");
    }
    if (trainingWeight == 0) {
      throw nothingCounts(training.size(), "training");
    }
    if (validationWeight == 0 && !validation.isEmpty()) {
      throw nothingCounts(validation.size(), "validation");
    }
    return new TrainingExamples<>(given, givenValidation, training, validation);
  }

  /** Checks examples and returns the weight of the targets of each. */
  static <E> double[] weights(Trainable<E> trainable, List<E> examples, String name) {
    double[] weights = new double[examples.size()];
    for (int i = 0; i < weights.length; i++) {
      E example = examples.get(i);
      if (example == null) {
        throw new InvalidArgumentException(
            "training", "null for " + name + i, "an example", "Remove it from the list");
      }
      weights[i] = trainable.answerWeight(example, name + i);
    }
    return weights;
  }

  private static double sum(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum;
  }

  private static InvalidArgumentException nothingCounts(int examples, String kind) {
    return new InvalidArgumentException(
        "training",
        "no target that counts in "
            + examples
            + " "
            + kind
            + (examples == 1 ? " example" : " examples"),
        "at least one target whose label is not -1, whose step is not masked and whose class"
            + " has a weight above 0",
        "Check how the labels, the masks and the class weights were made");
  }
}
