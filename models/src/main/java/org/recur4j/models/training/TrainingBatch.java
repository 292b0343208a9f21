package org.recur4j.models.training;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.network.Answer;
import org.recur4j.models.network.Architecture;
import org.recur4j.models.network.MaskedOutput;
import org.recur4j.models.network.SequenceBatch;

/**
 * Sequences with their answers, laid out as the network's output: {@code [B]} or {@code [T·B]}.
 *
 * @param sequences the inputs
 * @param target what the output's rows should be
 */
record TrainingBatch(SequenceBatch sequences, Target target) {
  static TrainingBatch of(Architecture architecture, Loss loss, List<Example> examples) {
    SequenceBatch sequences = sequences(architecture, examples);
    boolean aligned = architecture.topology().isAligned();
    int rows = (aligned ? sequences.lengths().steps() : 1) * examples.size();
    for (int b = 0; b < examples.size(); b++) {
      Example example = examples.get(b);
      check(example, aligned ? example.steps() : 1, architecture.answer(), b);
    }
    return new TrainingBatch(
        sequences,
        architecture.answer() == Answer.CLASSES
            ? classes(examples, aligned, rows, architecture.outputs())
            : numbers(examples, aligned, rows, loss, architecture));
  }

  private static SequenceBatch sequences(Architecture architecture, List<Example> examples) {
    boolean whole = examples.stream().allMatch(example -> example.mask() == null);
    List<boolean[]> masks = whole ? null : examples.stream().map(TrainingBatch::mask).toList();
    if (architecture.readsIndices()) {
      List<int[]> indices = examples.stream().map(TrainingBatch::indices).toList();
      return whole
          ? SequenceBatch.ofIndices(indices)
          : SequenceBatch.ofIndices(indices, masks, MaskedOutput.ZERO);
    }
    List<float[][]> features =
        examples.stream().map(example -> features(example, architecture.features())).toList();
    return whole
        ? SequenceBatch.ofFeatures(features)
        : SequenceBatch.ofFeatures(features, masks, MaskedOutput.ZERO);
  }

  private static boolean[] mask(Example example) {
    boolean[] mask = example.mask();
    if (mask == null) {
      mask = new boolean[example.steps()];
      Arrays.fill(mask, true);
    }
    return mask;
  }

  private static Target classes(List<Example> examples, boolean aligned, int rows, int classes) {
    int[] labels = new int[rows];
    Arrays.fill(labels, -1);
    for (int b = 0; b < examples.size(); b++) {
      Example example = examples.get(b);
      int[] answers = example.labels();
      for (int t = 0; t < answers.length; t++) {
        if (!aligned || example.isReal(t)) {
          labels[t * examples.size() + b] = label(answers[t], classes, b);
        }
      }
    }
    return Target.ofClasses(labels);
  }

  private static Target numbers(
      List<Example> examples, boolean aligned, int rows, Loss loss, Architecture architecture) {
    int numbers = loss.targets(architecture.outputs());
    float[] values = new float[rows * numbers];
    boolean[] counts = new boolean[rows];
    for (int b = 0; b < examples.size(); b++) {
      Example example = examples.get(b);
      float[][] answers = example.values();
      for (int t = 0; t < answers.length; t++) {
        int row = t * examples.size() + b;
        counts[row] = answers[t] != null && (!aligned || example.isReal(t));
        if (counts[row]) {
          check(answers[t], numbers, architecture.answer(), b);
          System.arraycopy(answers[t], 0, values, row * numbers, numbers);
        }
      }
    }
    return Target.ofValues(values, counts);
  }

  private static int[] indices(Example example) {
    if (example.indices() == null) {
      throw refuse("an example of vectors", "indices, as the network's embedding reads");
    }
    return example.indices();
  }

  /** A batch may hold nothing but holes, which say nothing about the size of a vector. */
  private static float[][] features(Example example, int size) {
    if (example.features() == null) {
      throw refuse("an example of indices", "vectors, as the network reads");
    }
    if (example.mask() == null) {
      return example.features();
    }
    float[][] features = example.features().clone();
    for (int t = 0; t < features.length; t++) {
      if (!example.isReal(t)) {
        features[t] = new float[size];
      }
    }
    return features;
  }

  private static void check(Example example, int answers, Answer answer, int row) {
    boolean classes = answer == Answer.CLASSES;
    if ((example.labels() != null) != classes) {
      throw refuse(
          (classes ? "numbers" : "a class") + " in example " + row,
          switch (answer) {
            case CLASSES -> "a class, as Example.classified and tagged give";
            case LABELS -> "labels as 0 and 1, as Example.labelled gives";
            case VALUES -> "values, as Example.valued gives";
          });
    }
    if (example.answers() != answers) {
      throw refuse(example.answers() + " answers in example " + row, "" + answers);
    }
  }

  private static int label(int label, int classes, int row) {
    if (label < -1 || label >= classes) {
      throw refuse("label " + label + " in example " + row, "a class in [0, " + classes + ")");
    }
    return label;
  }

  private static void check(float[] numbers, int expected, Answer answer, int example) {
    if (numbers.length != expected) {
      throw refuse(numbers.length + " numbers in example " + example, "" + expected);
    }
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw refuse("the number " + number + " in example " + example, "finite numbers");
      }
      if (answer == Answer.LABELS && (number < 0 || number > 1)) {
        throw refuse("the label " + number + " in example " + example, "0 for no or 1 for yes");
      }
    }
  }

  private static InvalidArgumentException refuse(String got, String expected) {
    return new InvalidArgumentException(
        "training", got, expected, "Make the examples as the network needs them");
  }
}
