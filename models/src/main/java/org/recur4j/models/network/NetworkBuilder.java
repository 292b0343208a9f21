package org.recur4j.models.network;

import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.OutputKind;

/**
 * Collects layers, first to last; each method returns the builder. What a topology cannot have, its
 * builder does not offer.
 *
 * @param <B> the builder's own type
 */
public abstract sealed class NetworkBuilder<B extends NetworkBuilder<B>>
    permits OneToOneBuilder, SequenceBuilder, PooledBuilder {
  private final Blueprint blueprint;

  NetworkBuilder(Blueprint blueprint) {
    this.blueprint = blueprint;
  }

  abstract B self();

  Blueprint blueprint() {
    return blueprint;
  }

  /**
   * Inputs are indices, looked up in a table; a negative index reads as zeros.
   *
   * @param vocabulary V, number of indices
   * @param size E
   * @return this
   */
  public B embedding(int vocabulary, int size) {
    return with(new LayerSpec.Embedding(vocabulary, size));
  }

  /**
   * Inputs are indices, looked up in a table, one of whose rows stays as it begins: zeros. A
   * negative index reads as zeros without any such row, and rows past their length are padded
   * anyway; this is for data that carry a padding index of their own, and tables from PyTorch.
   *
   * @param vocabulary V, number of indices
   * @param size E
   * @param paddingIndex in [0, V)
   * @return this
   */
  public B embedding(int vocabulary, int size, int paddingIndex) {
    return with(new LayerSpec.Embedding(vocabulary, size, paddingIndex));
  }

  /**
   * Inputs are vectors.
   *
   * @param count F
   * @return this
   */
  public B features(int count) {
    if (count < 1) {
      throw new InvalidArgumentException(
          "features", "features " + count, "at least 1", "Give the size of one step's vector");
    }
    blueprint.features = count;
    return self();
  }

  /**
   * Dropout on what the layer before gives; as the first layer, on the inputs.
   *
   * @param rate in [0, 1)
   * @return this
   */
  public B dropout(double rate) {
    return with(new LayerSpec.Dropout(rate));
  }

  /**
   * A dense layer inside the network; the same weights at every step.
   *
   * @param units features of its output
   * @param activation applied to the sums
   * @return this
   */
  public B dense(int units, Activation activation) {
    return with(new LayerSpec.Dense(units, activation));
  }

  /**
   * Layer normalization of what the layer before gives, with PyTorch's ε of 1e-5.
   *
   * @return this
   */
  public B layerNormalization() {
    return with(new LayerSpec.Normalized(1e-5));
  }

  /**
   * The output: one logit a class.
   *
   * @param count number of classes, at least 2; use {@link #labels} for one yes-or-no answer
   * @return this
   */
  public B classes(int count) {
    return answer(OutputKind.CLASSES, "classes", count);
  }

  /**
   * The output: one logit a label; any number of labels may be right at once.
   *
   * @param count number of labels
   * @return this
   */
  public B labels(int count) {
    return answer(OutputKind.LABELS, "labels", count);
  }

  /**
   * The output: real numbers.
   *
   * @param count how many
   * @return this
   */
  public B values(int count) {
    return answer(OutputKind.VALUES, "values", count);
  }

  /**
   * The seed of the initial weights; 0 unless set.
   *
   * @param value any number
   * @return this
   */
  public B seed(long value) {
    blueprint.seed = value;
    return self();
  }

  /**
   * What the weights start from; {@link InitialWeights#STANDARD} unless set.
   *
   * @param value the rule
   * @return this
   */
  public B start(InitialWeights value) {
    blueprint.start = InvalidArgumentException.requireGiven(value, "network", "start");
    return self();
  }

  /**
   * The floating type; FLOAT32 unless set.
   *
   * @param value a type the backend has
   * @return this
   */
  public B dataType(DataType value) {
    blueprint.dataType = InvalidArgumentException.requireGiven(value, "network", "data type");
    return self();
  }

  /**
   * Runs every recurrent layer step by step, even where a plan exists: for comparing.
   *
   * @return this
   */
  public B stepwise() {
    blueprint.stepwise = true;
    return self();
  }

  /**
   * What has been described.
   *
   * @return the architecture
   * @throws org.recur4j.api.error.InvalidArgumentException if the layers do not fit together
   */
  public Architecture architecture() {
    return blueprint.architecture();
  }

  /**
   * Builds the network with fresh weights.
   *
   * @param backend where it lives; must outlive it
   * @return the network; close it
   */
  public Network build(Backend backend) {
    return blueprint.build(
        InvalidArgumentException.requireGiven(backend, "build a network", "backend"));
  }

  final B with(LayerSpec layer) {
    blueprint.add(layer);
    return self();
  }

  private B answer(OutputKind value, String name, int outputs) {
    int least = value == OutputKind.CLASSES ? 2 : 1;
    if (outputs < least) {
      throw new InvalidArgumentException(
          name,
          name + " " + outputs,
          "at least " + least,
          value == OutputKind.CLASSES
              ? "A single class is always right: use labels(1) for one yes-or-no answer"
              : "Choose a positive number");
    }
    blueprint.answer(value, new LayerSpec.Dense(outputs, Activation.IDENTITY));
    return self();
  }
}
