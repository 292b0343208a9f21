package org.recur4j.examples.names;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * What the network for names looks like and how it learns.
 *
 * @param embedding values for each character, at least 1
 * @param hidden state size of each direction, at least 1
 * @param layers bidirectional LSTM layers, at least 1
 * @param dropout probability that a value is dropped in training, 0 to below 1
 * @param epochs passes over the training names, at least 1
 * @param batch names in each step, at least 1
 * @param learningRate of Adam, above 0
 * @param seed of weights, dropout and order
 */
public record NamesSettings(
    int embedding,
    int hidden,
    int layers,
    double dropout,
    int epochs,
    int batch,
    double learningRate,
    long seed) {
  /** Refuses what no network can be made of. */
  public NamesSettings {
    atLeastOne("embedding", embedding);
    atLeastOne("hidden", hidden);
    atLeastOne("layers", layers);
    atLeastOne("epochs", epochs);
    atLeastOne("batch", batch);
    if (!(dropout >= 0 && dropout < 1)) {
      throw refusal("dropout", Double.toString(dropout), "0 to below 1");
    }
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw refusal("learning rate", Double.toString(learningRate), "a number above 0");
    }
  }

  private static void atLeastOne(String what, int value) {
    if (value < 1) {
      throw refusal(what, Integer.toString(value), "at least 1");
    }
  }

  private static InvalidArgumentException refusal(String what, String got, String expected) {
    return new InvalidArgumentException(
        "Settings for names, " + what, got, expected, "Correct the option");
  }
}
