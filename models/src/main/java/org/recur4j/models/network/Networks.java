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
 * Where networks begin: {@code Networks.manyToOne().embedding(30,
 * 32).bidirectional(lstm(64)).dropout(0.3).classes(2)}.
 *
 * <p>Each topology has a builder of its own type, which offers only what such a network can have.
 * What a network answers, row by row:
 *
 * <ul>
 *   <li>one-to-one and many-to-one: C numbers;
 *   <li>many-to-many and one-to-many: C numbers for each of the row's steps, one step after the
 *       other.
 * </ul>
 *
 * <p>Sequences whose answers are longer or shorter than they are need two networks: {@link
 * org.recur4j.models.seq2seq.EncoderDecoder#builder}.
 */
public final class Networks {
  private Networks() {}

  /**
   * A sequence in, one answer out.
   *
   * @return a builder
   */
  public static ManyToOneBuilder manyToOne() {
    return new ManyToOneBuilder();
  }

  /**
   * A sequence in, an answer for each step.
   *
   * @return a builder
   */
  public static ManyToManyBuilder manyToMany() {
    return new ManyToManyBuilder();
  }

  /**
   * One vector or index in, one answer out.
   *
   * @return a builder
   */
  public static OneToOneBuilder oneToOne() {
    return new OneToOneBuilder();
  }

  /**
   * One start in, a sequence out: each answer is the next step's input.
   *
   * @return a builder
   */
  public static OneToManyBuilder oneToMany() {
    return new OneToManyBuilder();
  }

  /**
   * A network of a given architecture, with fresh weights: what builders end in, for those who have
   * another network's architecture and want one like it.
   *
   * @param backend where it lives; must outlive it
   * @param architecture e.g. {@code other.architecture()}, changed or not
   * @param factories of custom cells and layers, by name
   * @param start what the weights start from
   * @param seed of the weights
   * @return the network; close it
   */
  public static Network of(
      Backend backend,
      Architecture architecture,
      Factories factories,
      InitialWeights start,
      long seed) {
    return new Network(
        backend, architecture, factories, WeightSource.drawn(start, seed), false, Map.of());
  }

  /**
   * The same network on another backend or of another type: architecture, factories, weights,
   * notes.
   *
   * @param network stays as it is; one that was made by {@link Network#at} gives one that can train
   * @param backend where the copy lives; must outlive it
   * @param type of the copy's weights and activations; FLOAT64 holds FLOAT32 weights exactly
   * @return the copy; close it
   * @throws org.recur4j.api.error.InvalidArgumentException if the backend lacks the type
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
   * A long short-term memory layer.
   *
   * @param hiddenSize H
   * @return its description
   */
  public static RecurrentLayerSpec lstm(int hiddenSize) {
    return RecurrentLayerSpec.of(CellKind.LSTM, hiddenSize);
  }

  /**
   * A long short-term memory layer whose gates also see the cell, run step by step.
   *
   * @param hiddenSize H
   * @return its description
   */
  public static PeepholeLstmSpec peepholeLstm(int hiddenSize) {
    return PeepholeLstmSpec.of(hiddenSize);
  }

  /**
   * A layer of gated recurrent units.
   *
   * @param hiddenSize H
   * @return its description
   */
  public static RecurrentLayerSpec gru(int hiddenSize) {
    return RecurrentLayerSpec.of(CellKind.GRU, hiddenSize);
  }

  /**
   * A layer of Elman's cells.
   *
   * @param hiddenSize H
   * @return its description
   */
  public static RecurrentLayerSpec vanilla(int hiddenSize) {
    return RecurrentLayerSpec.of(CellKind.VANILLA, hiddenSize);
  }
}
