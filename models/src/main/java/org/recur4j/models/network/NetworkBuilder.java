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
 * A builder that collects layers, first to last; each method returns the builder. The builder of a
 * topology offers only the layers that the topology allows.
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
   * Adds an embedding that looks up indices in a table; a negative index gives zeros.
   *
   * @param vocabulary V, number of indices
   * @param size E
   * @return this
   */
  public B embedding(int vocabulary, int size) {
    return with(new LayerSpec.Embedding(vocabulary, size));
  }

  /**
   * Adds an embedding with a padding index, whose row of the table is zeros and is not trained. It
   * is for data that contain a padding index and for tables from PyTorch; negative indices and
   * steps past a row's length give zeros without one.
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
   * Sets the number of features of each step's input vector.
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
   * Adds dropout to the output of the layer before, or to the inputs if it is the first layer.
   *
   * @param rate in [0, 1)
   * @return this
   */
  public B dropout(double rate) {
    return with(new LayerSpec.Dropout(rate));
  }

  /**
   * Adds a hidden dense layer, with the same weights at every step.
   *
   * @param units number of output features
   * @param activation the activation function
   * @return this
   */
  public B dense(int units, Activation activation) {
    return with(new LayerSpec.Dense(units, activation));
  }

  /**
   * Adds layer normalization with PyTorch's default ε of 1e-5.
   *
   * @return this
   */
  public B layerNormalization() {
    return with(new LayerSpec.Normalized(1e-5));
  }

  /**
   * Adds the output layer of a classifier: one logit for each class.
   *
   * @param count number of classes, at least 2; use {@link #labels} for a binary output
   * @return this
   */
  public B classes(int count) {
    return answer(OutputKind.CLASSES, "classes", count);
  }

  /**
   * Adds the output layer of a multi-label classifier: one logit for each label.
   *
   * @param count number of labels
   * @return this
   */
  public B labels(int count) {
    return answer(OutputKind.LABELS, "labels", count);
  }

  /**
   * Adds the output layer of a regression.
   *
   * @param count number of values
   * @return this
   */
  public B values(int count) {
    return answer(OutputKind.VALUES, "values", count);
  }

  /**
   * Sets the seed of the initial weights; the default is 0.
   *
   * @param value any number
   * @return this
   */
  public B seed(long value) {
    blueprint.seed = value;
    return self();
  }

  /**
   * Sets the initialization; the default is {@link InitialWeights#STANDARD}.
   *
   * @param value initialization
   * @return this
   */
  public B initialWeights(InitialWeights value) {
    blueprint.initialWeights =
        InvalidArgumentException.requireGiven(value, "network", "initial weights");
    return self();
  }

  /**
   * Sets the data type; the default is FLOAT32.
   *
   * @param value a floating type that the backend supports
   * @return this
   */
  public B dataType(DataType value) {
    blueprint.dataType = InvalidArgumentException.requireGiven(value, "network", "data type");
    return self();
  }

  /**
   * Runs every recurrent layer step by step even where a plan exists, for comparisons.
   *
   * @return this
   */
  public B stepwise() {
    blueprint.stepwise = true;
    return self();
  }

  /**
   * Returns the architecture described so far.
   *
   * @return the architecture
   * @throws org.recur4j.api.error.InvalidArgumentException if the layers do not fit together
   */
  public Architecture architecture() {
    return blueprint.architecture();
  }

  /**
   * Builds the network with new weights.
   *
   * @param backend the backend; must outlive the network
   * @return the network, to be closed by the caller
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
              ? "Use labels(1) for a binary output"
              : "Choose a positive number");
    }
    blueprint.answer(value, new LayerSpec.Dense(outputs, Activation.IDENTITY));
    return self();
  }
}
