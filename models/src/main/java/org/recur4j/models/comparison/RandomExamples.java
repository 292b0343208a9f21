package org.recur4j.models.comparison;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.Example;

/**
 * Random examples that fit a network, for timing it and for comparing its results on several
 * backends without its data.
 */
public final class RandomExamples {
  private static final long INPUTS = RandomStream.CUSTOM.at(0);
  private static final long ANSWERS = RandomStream.CUSTOM.at(1);

  private RandomExamples() {}

  /**
   * Generates examples.
   *
   * @param architecture architecture that the examples fit
   * @param count number of examples, at least 1
   * @param steps steps per example, at least 1; examples for a one-to-one network have one step
   * @param seed seed; the same seed yields the same examples
   * @return examples with inputs in [−1, 1) or arbitrary indices, and with arbitrary classes or
   *     labels or values in [−1, 1)
   */
  public static List<Example> of(Architecture architecture, int count, int steps, long seed) {
    if (count < 1 || steps < 1) {
      throw new InvalidArgumentException(
          "RandomExamples",
          count + " examples of " + steps + " steps",
          "at least one example of at least one step",
          "Correct the numbers");
    }
    Philox random = new Philox(seed);
    int length = architecture.topology() == Topology.ONE_TO_ONE ? 1 : steps;
    int answers = architecture.topology().isAligned() ? length : 1;
    List<Example> examples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      examples.add(
          new Example(
              architecture.readsIndices() ? indices(architecture, random, length, i) : null,
              architecture.readsIndices()
                  ? null
                  : numbers(random, INPUTS, i, length, architecture.features()),
              architecture.answer() == OutputKind.CLASSES
                  ? labels(random, i, answers, architecture.outputs())
                  : null,
              values(architecture, random, i, answers),
              null));
    }
    return List.copyOf(examples);
  }

  private static int[] indices(Architecture architecture, Philox random, int length, int example) {
    int vocabulary = ((LayerSpec.Embedding) architecture.layers().get(0)).vocabulary();
    int[] indices = new int[length];
    for (int t = 0; t < length; t++) {
      indices[t] = random.bounded(vocabulary, INPUTS, example, t);
    }
    return indices;
  }

  private static int[] labels(Philox random, int example, int answers, int classes) {
    int[] labels = new int[answers];
    for (int t = 0; t < answers; t++) {
      labels[t] = random.bounded(classes, ANSWERS, example, t);
    }
    return labels;
  }

  private static float[][] values(
      Architecture architecture, Philox random, int example, int answers) {
    if (architecture.answer() == OutputKind.CLASSES) {
      return null;
    }
    float[][] values = numbers(random, ANSWERS, example, answers, architecture.outputs());
    if (architecture.answer() == OutputKind.LABELS) {
      for (float[] row : values) {
        for (int i = 0; i < row.length; i++) {
          row[i] = row[i] < 0 ? 0 : 1;
        }
      }
    }
    return values;
  }

  private static float[][] numbers(Philox random, long stream, int example, int rows, int width) {
    float[][] numbers = new float[rows][width];
    for (int t = 0; t < rows; t++) {
      for (int i = 0; i < width; i++) {
        numbers[t][i] = 2 * random.uniform(stream, example, t * width + i) - 1;
      }
    }
    return numbers;
  }
}
