package org.recur4j.models.training.model;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.MaskedOutput;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.data.Target;

/**
 * A batch of sequences with their targets in the layout of the network's output: {@code [B]} or
 * {@code [T·B]}.
 *
 * @param sequences the inputs
 * @param target the target of the output's rows
 */
record TrainingBatch(SequenceBatch sequences, Target target) {
  static TrainingBatch of(ExampleRules rules, List<Example> examples) {
    rules.checkAll(examples);
    SequenceBatch sequences = SequenceBatch.ofExamples(examples, MaskedOutput.ZERO);
    int steps = rules.isAligned() ? sequences.lengths().steps() : 1;
    return new TrainingBatch(
        sequences,
        rules.architecture().answer() == OutputKind.CLASSES
            ? classes(rules, examples, steps)
            : numbers(rules, examples, steps));
  }

  private static Target classes(ExampleRules rules, List<Example> examples, int steps) {
    int[] labels = new int[elements(steps, examples.size(), 1)];
    Arrays.fill(labels, -1);
    for (int b = 0; b < examples.size(); b++) {
      Example example = examples.get(b);
      for (int t = 0; t < example.answers(); t++) {
        if (rules.counts(example, t)) {
          labels[t * examples.size() + b] = example.labels()[t];
        }
      }
    }
    return Target.ofClasses(labels);
  }

  private static Target numbers(ExampleRules rules, List<Example> examples, int steps) {
    int numbers = rules.loss().targets(rules.architecture().outputs());
    float[] values = new float[elements(steps, examples.size(), numbers)];
    boolean[] counts = new boolean[steps * examples.size()];
    for (int b = 0; b < examples.size(); b++) {
      Example example = examples.get(b);
      for (int t = 0; t < example.answers(); t++) {
        int row = t * examples.size() + b;
        counts[row] = rules.counts(example, t);
        if (counts[row]) {
          System.arraycopy(example.values()[t], 0, values, row * numbers, numbers);
        }
      }
    }
    return Target.ofValues(values, counts);
  }

  private static int elements(int steps, int batch, int numbers) {
    long elements = (long) steps * batch * numbers;
    if (elements > Integer.MAX_VALUE) {
      throw new InvalidArgumentException(
          "training",
          batch + " examples of " + steps + " steps with " + numbers + " numbers each",
          "at most " + Integer.MAX_VALUE + " numbers in a batch",
          "Use smaller batches or shorter sequences");
    }
    return (int) elements;
  }
}
