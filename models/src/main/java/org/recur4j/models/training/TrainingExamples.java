package org.recur4j.models.training;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;

/**
 * The examples of one training, checked and split.
 *
 * @param given as the caller gave them, in his order
 * @param validation as the caller gave them, in his order
 * @param learning those that the weights are moved by
 * @param judging those that only measure: the caller's, and the fraction that was set aside
 * @param <E> an example with its answer
 */
record TrainingExamples<E>(List<E> given, List<E> validation, List<E> learning, List<E> judging) {
  /** Checks every example, and that both parts can be measured. */
  static <E> TrainingExamples<E> of(
      Trainable<E> trainable, TrainingPlan plan, List<E> given, List<E> validation) {
    double[] weights = weights(trainable, given, "example ");
    double[] validationWeights = weights(trainable, validation, "validation example ");
    List<E> learning = new ArrayList<>();
    List<E> judging = new ArrayList<>(validation);
    double learningWeight = 0;
    double judgingWeight = sum(validationWeights);
    int aside = (int) Math.round(plan.validationFraction() * given.size());
    int[] order = new Philox(plan.seed()).permutation(given.size(), RandomStream.SPLIT.at(0), 0);
    for (int i = 0; i < order.length; i++) {
      if (i < aside) {
        judging.add(given.get(order[i]));
        judgingWeight += weights[order[i]];
      } else {
        learning.add(given.get(order[i]));
        learningWeight += weights[order[i]];
      }
    }
    boolean mustJudge = plan.selection().needsJudges() || plan.schedule().needsValidation();
    if (learning.isEmpty() || (mustJudge && judging.isEmpty())) {
      throw new InvalidArgumentException(
          "training",
          learning.size() + " examples to learn from, " + judging.size() + " to judge by",
          "at least one to learn from, and one to judge by for early stopping, the best weights or"
              + " a schedule that looks at validation losses",
          "Give more examples, or a smaller or larger validation fraction");
    }
    if (learningWeight == 0) {
      throw nothingCounts(learning.size(), "training");
    }
    if (judgingWeight == 0 && !judging.isEmpty()) {
      throw nothingCounts(judging.size(), "validation");
    }
    return new TrainingExamples<>(given, validation, learning, judging);
  }

  /** Checks examples. */
  static <E> double[] weights(Trainable<E> trainable, List<E> examples, String name) {
    double[] weights = new double[examples.size()];
    for (int i = 0; i < weights.length; i++) {
      E example = examples.get(i);
      if (example == null) {
        throw new InvalidArgumentException(
            "training", "null in place of " + name + i, "an example", "Leave it out of the list");
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
        "no answer that counts in "
            + examples
            + " "
            + kind
            + (examples == 1 ? " example" : " examples"),
        "at least one answer whose label is not -1, whose step no mask leaves out and whose class"
            + " has a weight above 0",
        "Check how the labels, the masks and the class weights were made");
  }
}
