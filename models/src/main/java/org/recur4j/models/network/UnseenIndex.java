package org.recur4j.models.network;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.data.Example;

/**
 * Sets the embedding of an index that occurs in no training example, such as {@link
 * org.recur4j.models.data.Vocabulary#UNKNOWN} if the vocabulary was collected from the training
 * examples. Training does not change that row, so without this the row holds its random initial
 * weights.
 */
public final class UnseenIndex {
  private UnseenIndex() {}

  /**
   * Sets the row of an index to the mean of the other indices' rows, weighted by their frequency in
   * the examples. Predictions for sequences without the index do not change.
   *
   * @param network a trained network whose first layer is an embedding
   * @param index an index that occurs in no example
   * @param examples the training examples; masked steps do not count
   * @throws InvalidArgumentException if the network reads no indices or is for inference only, if
   *     the index is out of the embedding's range, is its padding index, or occurs in an example,
   *     or if the examples contain no index
   */
  public static void average(Network network, int index, List<Example> examples) {
    Architecture architecture = network.architecture();
    if (network.inferenceOnly()
        || !(architecture.layers().get(0) instanceof LayerSpec.Embedding embedding)) {
      throw refuse(
          network.inferenceOnly() ? "a network for inference only" : "a network without embedding",
          "a network that can be trained and whose first layer is an embedding",
          "Call it on the network that was trained");
    }
    if (index < 0 || index >= embedding.vocabulary() || index == embedding.paddingIndex()) {
      throw refuse(
          "index " + index,
          "an index in [0, " + embedding.vocabulary() + ") other than the padding index",
          "Use Vocabulary.UNKNOWN, or the data's index of unknown symbols");
    }
    long[] counts = counts(examples, embedding.vocabulary());
    if (counts[index] > 0) {
      throw refuse(
          "index " + index + ", which occurs " + counts[index] + " times in the examples",
          "an index that occurs in no training example",
          "Keep the trained row");
    }
    Tensor table = network.parameters().get(0).value();
    int size = embedding.size();
    double[] values = new double[table.size()];
    network.backend().download(table, values, 0);
    average(values, size, index, counts);
    network.backend().upload(values, 0, table);
    network.refresh();
  }

  private static long[] counts(List<Example> examples, int vocabulary) {
    long[] counts = new long[vocabulary];
    for (Example example : examples) {
      for (int step = 0; example.indices() != null && step < example.steps(); step++) {
        int index = example.indices()[step];
        if (example.isReal(step) && index >= 0 && index < vocabulary) {
          counts[index]++;
        }
      }
    }
    return counts;
  }

  private static void average(double[] values, int size, int index, long[] counts) {
    double total = 0;
    double[] mean = new double[size];
    for (int row = 0; row < counts.length; row++) {
      total += counts[row];
      for (int i = 0; i < size; i++) {
        mean[i] += counts[row] * values[row * size + i];
      }
    }
    if (total == 0) {
      throw refuse("examples without an index", "at least one", "Pass the training examples");
    }
    for (int i = 0; i < size; i++) {
      values[index * size + i] = mean[i] / total;
    }
  }

  private static InvalidArgumentException refuse(String got, String expected, String advice) {
    return new InvalidArgumentException("UnseenIndex", got, expected, advice);
  }
}
