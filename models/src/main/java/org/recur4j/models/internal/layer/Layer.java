package org.recur4j.models.internal.layer;

import java.util.List;
import org.recur4j.api.cell.Parameter;

/** A layer with its weights. Immutable except for the weights; threads may share it. */
public interface Layer extends AutoCloseable {
  /**
   * Returns the name for summaries.
   *
   * @return for example {@code "bidirectional LSTM 32→64"}
   */
  String name();

  /**
   * Returns the weights.
   *
   * @return parameters, named as in the model file
   */
  List<Parameter> parameters();

  /**
   * Returns the size of the output.
   *
   * @return F
   */
  int outputSize();

  /**
   * Returns the engine that runs this layer, and why.
   *
   * @return human-readable text
   */
  default String engine() {
    return "";
  }

  /**
   * Runs one batch.
   *
   * @param run context of the pass
   * @param in output of the previous layer
   * @return input of the next layer
   */
  LayerOutput forward(LayerContext run, LayerOutput in);

  /**
   * Packs the weights again after they have changed. Must not be called while another thread runs
   * the layer.
   */
  default void refresh() {}

  @Override
  default void close() {}
}
