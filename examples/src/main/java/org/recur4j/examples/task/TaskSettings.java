package org.recur4j.examples.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * How one network of a task is trained.
 *
 * @param variant which network
 * @param epochs passes over the training part, at least 1
 * @param hidden state size of each direction, at least 1
 * @param layers recurrent layers, at least 1
 * @param batch examples in each step, at least 1
 * @param learningRate at the start, above 0
 * @param seed of weights, dropout, order and, where data is drawn, data
 * @param quick whether the data is cut down to what trains in seconds
 * @param options values of the task's own options, by name
 */
public record TaskSettings(
    Variant variant,
    int epochs,
    int hidden,
    int layers,
    int batch,
    double learningRate,
    long seed,
    boolean quick,
    Map<String, String> options) {
  /** Refuses what no network can be made of. */
  public TaskSettings {
    Objects.requireNonNull(variant, "variant");
    atLeastOne("epochs", epochs);
    atLeastOne("hidden", hidden);
    atLeastOne("layers", layers);
    atLeastOne("batch", batch);
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw refusal("learning rate", Double.toString(learningRate), "a number above 0");
    }
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /**
   * One layer, seed 1, no options.
   *
   * @param variant which network
   * @param epochs passes over the training part
   * @param hidden state size of each direction
   * @param batch examples in each step
   * @param learningRate at the start
   * @param quick whether the data is cut down
   * @return the settings
   */
  public static TaskSettings of(
      Variant variant, int epochs, int hidden, int batch, double learningRate, boolean quick) {
    return new TaskSettings(variant, epochs, hidden, 1, batch, learningRate, 1, quick, Map.of());
  }

  /**
   * Another number of passes.
   *
   * @param value at least 1
   * @return the settings
   */
  public TaskSettings withEpochs(int value) {
    return new TaskSettings(
        variant, value, hidden, layers, batch, learningRate, seed, quick, options);
  }

  /**
   * Another state size.
   *
   * @param value at least 1
   * @return the settings
   */
  public TaskSettings withHidden(int value) {
    return new TaskSettings(
        variant, epochs, value, layers, batch, learningRate, seed, quick, options);
  }

  /**
   * Another number of layers.
   *
   * @param value at least 1
   * @return the settings
   */
  public TaskSettings withLayers(int value) {
    return new TaskSettings(
        variant, epochs, hidden, value, batch, learningRate, seed, quick, options);
  }

  /**
   * Another batch size.
   *
   * @param value at least 1
   * @return the settings
   */
  public TaskSettings withBatch(int value) {
    return new TaskSettings(
        variant, epochs, hidden, layers, value, learningRate, seed, quick, options);
  }

  /**
   * Another learning rate.
   *
   * @param value above 0
   * @return the settings
   */
  public TaskSettings withLearningRate(double value) {
    return new TaskSettings(variant, epochs, hidden, layers, batch, value, seed, quick, options);
  }

  /**
   * Another seed.
   *
   * @param value any number
   * @return the settings
   */
  public TaskSettings withSeed(long value) {
    return new TaskSettings(
        variant, epochs, hidden, layers, batch, learningRate, value, quick, options);
  }

  /**
   * Other values of the task's own options.
   *
   * @param values by name
   * @return the settings
   */
  public TaskSettings withOptions(Map<String, String> values) {
    return new TaskSettings(
        variant, epochs, hidden, layers, batch, learningRate, seed, quick, values);
  }

  private static void atLeastOne(String what, int value) {
    if (value < 1) {
      throw refusal(what, Integer.toString(value), "at least 1");
    }
  }

  private static InvalidArgumentException refusal(String what, String got, String expected) {
    return new InvalidArgumentException("Settings, " + what, got, expected, "Correct the option");
  }
}
