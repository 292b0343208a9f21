package org.recur4j.models.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.layer.LayerSpec;
import org.recur4j.models.layer.RecurrentLayerSpec;

/** Collects layers, first to last; each method returns this builder. */
public final class NetworkBuilder {
  private final Topology topology;
  private final List<LayerSpec> layers = new ArrayList<>();
  private final Map<String, Cell.Factory> cells = new LinkedHashMap<>();
  private int features;
  private DataType dataType = DataType.FLOAT32;
  private Answer answer = Answer.CLASSES;
  private Start start = Start.STANDARD;
  private long seed;
  private boolean stepwise;

  NetworkBuilder(Topology topology) {
    this.topology = topology;
  }

  /**
   * Inputs are indices, looked up in a table.
   *
   * @param vocabulary V, number of indices
   * @param size E
   * @return this
   */
  public NetworkBuilder embedding(int vocabulary, int size) {
    layers.add(new LayerSpec.Embedding(vocabulary, size));
    return this;
  }

  /**
   * Inputs are vectors.
   *
   * @param count F
   * @return this
   */
  public NetworkBuilder features(int count) {
    features = count;
    return this;
  }

  /**
   * A recurrent layer in the direction its description says.
   *
   * @param spec e.g. {@code lstm(64)}
   * @return this
   */
  public NetworkBuilder recurrent(RecurrentLayerSpec spec) {
    layers.add(spec);
    return this;
  }

  /**
   * A recurrent layer in both directions.
   *
   * @param spec e.g. {@code lstm(64)}: 128 features
   * @return this
   */
  public NetworkBuilder bidirectional(RecurrentLayerSpec spec) {
    return recurrent(spec.direction(Direction.BIDIRECTIONAL));
  }

  /**
   * A recurrent layer over a cell of your own.
   *
   * @param name under which a model file refers to it
   * @param bidirectional whether a second cell reads backwards
   * @param factory builds the cell once the size of its input is known
   * @return this
   */
  public NetworkBuilder cell(String name, boolean bidirectional, Cell.Factory factory) {
    layers.add(new LayerSpec.CustomCell(name, bidirectional));
    cells.put(name, factory);
    return this;
  }

  /**
   * Dropout on what the layer before gives.
   *
   * @param rate in [0, 1)
   * @return this
   */
  public NetworkBuilder dropout(double rate) {
    layers.add(new LayerSpec.Dropout(rate));
    return this;
  }

  /**
   * A dense layer inside the network.
   *
   * @param units features of its output
   * @param activation applied to the sums
   * @return this
   */
  public NetworkBuilder dense(int units, Activation activation) {
    layers.add(new LayerSpec.Dense(units, activation));
    return this;
  }

  /**
   * The output: one logit a class.
   *
   * @param count number of classes
   * @return this
   */
  public NetworkBuilder classes(int count) {
    answer = Answer.CLASSES;
    return dense(count, Activation.IDENTITY);
  }

  /**
   * The output: real numbers.
   *
   * @param count how many
   * @return this
   */
  public NetworkBuilder values(int count) {
    answer = Answer.VALUES;
    return dense(count, Activation.IDENTITY);
  }

  /**
   * The seed of the initial weights; 0 unless set.
   *
   * @param value any number
   * @return this
   */
  public NetworkBuilder seed(long value) {
    seed = value;
    return this;
  }

  /**
   * What the weights start from; {@link Start#STANDARD} unless set.
   *
   * @param value the rule
   * @return this
   */
  public NetworkBuilder start(Start value) {
    start = value;
    return this;
  }

  /**
   * The floating type; FLOAT32 unless set.
   *
   * @param value a type the backend has
   * @return this
   */
  public NetworkBuilder dataType(DataType value) {
    dataType = value;
    return this;
  }

  /**
   * Runs every recurrent layer step by step, even where a plan exists: for comparing.
   *
   * @return this
   */
  public NetworkBuilder stepwise() {
    stepwise = true;
    return this;
  }

  /**
   * What has been described.
   *
   * @return the architecture
   * @throws org.recur4j.api.error.InvalidArgumentException if the layers do not fit together
   */
  public Architecture architecture() {
    return new Architecture(topology, features, dataType, layers, answer);
  }

  /**
   * Builds the network with fresh weights.
   *
   * @param backend where it lives; must outlive it
   * @return the network; close it
   */
  public Network build(Backend backend) {
    return new Network(backend, architecture(), cells, start, seed, stepwise);
  }
}
