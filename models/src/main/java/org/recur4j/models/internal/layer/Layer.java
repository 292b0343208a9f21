package org.recur4j.models.internal.layer;

import java.util.List;
import org.recur4j.api.cell.Parameter;

/** A layer with its weights. Immutable but for the weights; threads may share it. */
public interface Layer extends AutoCloseable {
  /**
   * What summaries call it.
   *
   * @return e.g. {@code "bidirectional LSTM 32→64"}
   */
  String name();

  /**
   * Its weights.
   *
   * @return named as in the model file
   */
  List<Parameter> parameters();

  /**
   * Features of the output.
   *
   * @return F
   */
  int outputSize();

  /**
   * What runs it, and why.
   *
   * @return for a person
   */
  default String engine() {
    return "";
  }

  /**
   * Runs one batch.
   *
   * @param run mathematics, lengths, mode
   * @param in from the layer before
   * @return for the next layer
   */
  LayerOutput forward(LayerContext run, LayerOutput in);

  /** Packs the weights again after they moved; not while another thread runs. */
  default void refresh() {}

  @Override
  default void close() {}
}
