package org.recur4j.models.training;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.network.Answer;
import org.recur4j.models.network.Architecture;
import org.recur4j.models.network.SequenceBatch;

/**
 * Sequences with their answers, laid out as the network's output: {@code [B]} or {@code [T·B]}.
 *
 * @param sequences the inputs
 * @param labels classes, −1 where nothing counts; null for values
 * @param values numbers {@code [N, C]}; null for classes
 * @param counts how many answers count
 * @param weights 1 for each of the N answers that counts, else 0
 */
record TrainingBatch(
    SequenceBatch sequences, int[] labels, float[] values, int counts, float[] weights) {

  static TrainingBatch of(Architecture architecture, List<Example> examples) {
    SequenceBatch sequences =
        architecture.readsIndices()
            ? SequenceBatch.ofIndices(examples.stream().map(TrainingBatch::indices).toList())
            : SequenceBatch.ofFeatures(examples.stream().map(TrainingBatch::features).toList());
    boolean aligned = architecture.topology().isAligned();
    int batch = examples.size();
    int outputs = architecture.outputs();
    int rows = aligned ? sequences.lengths().steps() * batch : batch;
    boolean classes = architecture.answer() == Answer.CLASSES;
    int[] labels = classes ? new int[rows] : null;
    float[] values = classes ? null : new float[rows * outputs];
    float[] weights = new float[rows];
    if (classes) {
      Arrays.fill(labels, -1);
    }
    int counts = 0;
    for (int b = 0; b < batch; b++) {
      Example example = examples.get(b);
      check(example, aligned ? example.steps() : 1, classes, b);
      for (int t = 0; t < example.answers(); t++) {
        int row = t * batch + b;
        if (classes) {
          labels[row] = label(example.labels()[t], outputs, b);
          weights[row] = labels[row] < 0 ? 0 : 1;
        } else {
          copy(example.values()[t], outputs, values, row, b);
          weights[row] = 1;
        }
        counts += (int) weights[row];
      }
    }
    return new TrainingBatch(sequences, labels, values, counts, weights);
  }

  private static int[] indices(Example example) {
    if (example.indices() == null) {
      throw refuse("an example of vectors", "indices, as the network's embedding reads");
    }
    return example.indices();
  }

  private static float[][] features(Example example) {
    if (example.features() == null) {
      throw refuse("an example of indices", "vectors, as the network reads");
    }
    return example.features();
  }

  private static void check(Example example, int answers, boolean classes, int row) {
    if ((example.labels() != null) != classes) {
      throw refuse(
          classes ? "values in example " + row : "labels in example " + row,
          classes ? "labels, because the network answers with classes" : "values");
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

  private static void copy(float[] from, int outputs, float[] to, int row, int example) {
    if (from.length != outputs) {
      throw refuse(from.length + " values in example " + example, "" + outputs);
    }
    for (float value : from) {
      if (!Float.isFinite(value)) {
        throw refuse("the value " + value + " in example " + example, "finite numbers");
      }
    }
    System.arraycopy(from, 0, to, row * outputs, outputs);
  }

  private static InvalidArgumentException refuse(String got, String expected) {
    return new InvalidArgumentException(
        "training", got, expected, "Make the examples as the network needs them");
  }
}
