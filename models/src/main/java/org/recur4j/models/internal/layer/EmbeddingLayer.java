package org.recur4j.models.internal.layer;

import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.tensor.Tensor;

/**
 * A lookup table; a negative index yields zeros.
 *
 * @param weight table, {@code [V, E]}
 * @param paddingIndex index of the row that is not trained; −1 for none
 */
public record EmbeddingLayer(Parameter weight, int paddingIndex) implements Layer {
  /**
   * Creates a layer that trains every row.
   *
   * @param weight table, {@code [V, E]}
   */
  public EmbeddingLayer(Parameter weight) {
    this(weight, -1);
  }

  @Override
  public String name() {
    String name = "embedding " + weight.value().extent(0) + "→" + outputSize();
    return paddingIndex < 0 ? name : name + ", padding " + paddingIndex;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight);
  }

  @Override
  public int outputSize() {
    return weight.value().extent(1);
  }

  @Override
  public LayerOutput forward(LayerContext run, LayerOutput in) {
    Tensor rows =
        paddingIndex < 0
            ? run.ops().gather(weight.value(), in.values())
            : run.ops().call(new PaddedGather(paddingIndex), weight.value(), in.values());
    return new LayerOutput(rows, null);
  }
}
