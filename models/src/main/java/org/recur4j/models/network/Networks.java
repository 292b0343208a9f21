package org.recur4j.models.network;

import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.PeepholeLstmSpec;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.internal.assembly.CopiedWeights;
import org.recur4j.models.internal.assembly.WeightSource;
import org.recur4j.models.layer.Factories;

/**
 * Factories of network builders and layer descriptions: {@code Networks.manyToOne().embedding(30,
 * 32).bidirectional(lstm(64)).dropout(0.3).classes(2)}.
 *
 * <p>Each topology has a builder type of its own, which offers only the layers that the topology
 * allows. A network's output for each row is:
 *
 * <ul>
 *   <li>one-to-one and many-to-one: C numbers;
 *   <li>many-to-many and one-to-many: C numbers for each of the row's steps, one step after the
 *       other.
 * </ul>
 *
 * <p>If input and output sequences differ in length, use {@link
 * org.recur4j.models.seq2seq.EncoderDecoder#builder}.
 */
public final class Networks {
  private Networks() {}

  /**
   * Returns a builder of many-to-one networks: one output for each sequence.
   *
   * @return a builder
   */
  public static ManyToOneBuilder manyToOne() {
    return new ManyToOneBuilder();
  }

  /**
   * Returns a builder of many-to-many networks: one output for each step.
   *
   * @return a builder
   */
  public static ManyToManyBuilder manyToMany() {
    return new ManyToManyBuilder();
  }

  /**
   * Returns a builder of one-to-one networks: one output for one vector or index.
   *
   * @return a builder
   */
  public static OneToOneBuilder oneToOne() {
    return new OneToOneBuilder();
  }

  /**
   * Returns a builder of one-to-many networks: each output is the next step's input.
   *
   * @return a builder
   */
  public static OneToManyBuilder oneToMany() {
    return new OneToManyBuilder();
  }

  /**
   * Builds a network of a given architecture with new weights.
   *
   * @param backend the backend; must outlive the network
   * @param architecture e.g. {@code other.architecture()}, changed or not
   * @param factories of custom cells and layers, by name
   * @param initialWeights the initialization
   * @param seed the seed of the weights
   * @return the network, to be closed by the caller
   */
  public static Network of(
      Backend backend,
      Architecture architecture,
      Factories factories,
      InitialWeights initialWeights,
      long seed) {
    return new Network(
        backend,
        architecture,
        factories,
        WeightSource.drawn(initialWeights, seed),
        false,
        Map.of());
  }

  /**
   * Copies a network to another backend or data type, with its architecture, factories, weights and
   * notes.
   *
   * @param network the network to copy; the copy of a network made by {@link Network#at} is
   *     trainable
   * @param backend the backend of the copy; must outlive the copy
   * @param type the data type of the copy; FLOAT64 holds FLOAT32 weights exactly
   * @return the copy, to be closed by the caller
   * @throws org.recur4j.api.error.InvalidArgumentException if the backend does not support the type
   */
  public static Network copy(Network network, Backend backend, DataType type) {
    Network copy = network.emptied(backend, type);
    boolean complete = false;
    try {
      CopiedWeights.copy(network.backend(), network.parameters(), backend, copy.parameters());
      copy.refresh();
      complete = true;
      return copy;
    } finally {
      if (!complete) {
        copy.close();
      }
    }
  }

  /**
   * Returns the description of a long short-term memory (LSTM) layer.
   *
   * @param hiddenSize H, number of hidden units
   * @return the description
   */
  public static RecurrentLayerSpec lstm(int hiddenSize) {
    return RecurrentLayerSpec.of(CellKind.LSTM, hiddenSize);
  }

  /**
   * Returns the description of an LSTM layer with peephole connections, which runs step by step.
   *
   * @param hiddenSize H, number of hidden units
   * @return the description
   */
  public static PeepholeLstmSpec peepholeLstm(int hiddenSize) {
    return PeepholeLstmSpec.of(hiddenSize);
  }

  /**
   * Returns the description of a layer of gated recurrent units (GRU).
   *
   * @param hiddenSize H, number of hidden units
   * @return the description
   */
  public static RecurrentLayerSpec gru(int hiddenSize) {
    return RecurrentLayerSpec.of(CellKind.GRU, hiddenSize);
  }

  /**
   * Returns the description of a layer of vanilla (Elman) cells.
   *
   * @param hiddenSize H, number of hidden units
   * @return the description
   */
  public static RecurrentLayerSpec vanilla(int hiddenSize) {
    return RecurrentLayerSpec.of(CellKind.VANILLA, hiddenSize);
  }
}
