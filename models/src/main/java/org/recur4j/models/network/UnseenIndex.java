package org.recur4j.models.network;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.data.Example;

/**
 * Gives an embedding a value for an index that no training example has, such as {@link
 * org.recur4j.models.data.Vocabulary#UNKNOWN} where the vocabulary was collected from the training
 * examples. Training never moves that row, so that without this the network reads the random
 * numbers that the row began with.
 */
public final class UnseenIndex {
  private UnseenIndex() {}

  /**
   * Sets the row of an index to the mean of the other indices' rows, each weighted by how often the
   * examples have it: what the network would expect of an index about which nothing is known. No
   * answer to a sequence without the index changes.
   *
   * @param network trained; its first layer is an embedding
   * @param index an index that no example has
   * @param examples what the network was trained on; masked steps do not count
   * @throws InvalidArgumentException if the network reads no indices or is for inference alone, if
   *     the index is not one of the embedding's, is its padding index, or occurs in an example, or
   *     if the examples have no index
   */
  public static void average(Network network, int index, List<Example> examples) {
    Architecture architecture = network.architecture();
    if (network.inferenceOnly()
        || !(architecture.layers().get(0) instanceof LayerSpec.Embedding embedding)) {
      throw refuse(
          network.inferenceOnly() ? "a network for inference alone" : "a network without embedding",
          "a network that can be trained and whose first layer is an embedding",
          "Call it on the network that was trained");
    }
    if (index < 0 || index >= embedding.vocabulary() || index == embedding.paddingIndex()) {
      throw refuse(
          "index " + index,
          "an index in [0, " + embedding.vocabulary() + ") other than the padding index",
          "Take Vocabulary.UNKNOWN, or what the data uses for unknown symbols");
    }
    long[] counts = counts(examples, embedding.vocabulary());
    if (counts[index] > 0) {
      throw refuse(
          "index " + index + ", which the examples have " + counts[index] + " times",
          "one that training never showed",
          "Keep what the network has learned of it");
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
      throw refuse(
          "examples without an index", "at least one", "Hand in the examples that were trained on");
    }
    for (int i = 0; i < size; i++) {
      values[index * size + i] = mean[i] / total;
    }
  }

  private static InvalidArgumentException refuse(String got, String expected, String advice) {
    return new InvalidArgumentException("UnseenIndex", got, expected, advice);
  }
}
