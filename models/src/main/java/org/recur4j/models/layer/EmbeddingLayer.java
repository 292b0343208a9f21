package org.recur4j.models.layer;

import java.util.List;
import org.recur4j.api.cell.Parameter;

/**
 * Rows of a table.
 *
 * @param weight {@code [V, E]}
 */
public record EmbeddingLayer(Parameter weight) implements Layer {
  @Override
  public String name() {
    return "embedding " + weight.value().extent(0) + "→" + outputSize();
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
  public Flow forward(LayerRun run, Flow in) {
    return new Flow(run.ops().gather(weight.value(), in.values()), null);
  }
}
