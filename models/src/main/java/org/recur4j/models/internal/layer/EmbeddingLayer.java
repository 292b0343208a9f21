package org.recur4j.models.internal.layer;

import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.tensor.Tensor;

/**
 * Rows of a table; zeros for a negative index.
 *
 * @param weight {@code [V, E]}
 * @param paddingIndex the row that never learns; −1 for none
 */
public record EmbeddingLayer(Parameter weight, int paddingIndex) implements Layer {
  /**
   * Every row learns.
   *
   * @param weight {@code [V, E]}
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
