package org.recur4j.models.network;

import org.recur4j.api.recurrent.CellKind;
import org.recur4j.models.layer.RecurrentLayerSpec;

/**
 * Where networks begin: {@code Networks.manyToOne().embedding(30,
 * 32).bidirectional(lstm(64)).dropout(0.3).classes(2)}.
 */
public final class Networks {
  private Networks() {}

  /**
   * A sequence in, one answer out.
   *
   * @return a builder
   */
  public static NetworkBuilder manyToOne() {
    return new NetworkBuilder(Topology.MANY_TO_ONE);
  }

  /**
   * A sequence in, an answer for each step.
   *
   * @return a builder
   */
  public static NetworkBuilder manyToMany() {
    return new NetworkBuilder(Topology.MANY_TO_MANY);
  }

  /**
   * One vector or index in, one answer out.
   *
   * @return a builder
   */
  public static NetworkBuilder oneToOne() {
    return new NetworkBuilder(Topology.ONE_TO_ONE);
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
