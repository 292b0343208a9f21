package org.recur4j.models.network;

import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.models.layer.Layer;
import org.recur4j.models.layer.Lowered;
import org.recur4j.models.layer.RecurrentLayer;

/**
 * A network's layers on a backend with the scope that owns their weights, or shares those of
 * another stack.
 *
 * @param layers first to last
 * @param parameters named as in the model file, first layer first
 * @param scope closed with the layers
 */
record LayerStack(List<Layer> layers, List<Parameter> parameters, Scope scope)
    implements AutoCloseable {
  /** Layers with weights of their own. */
  static LayerStack build(
      Backend backend,
      Architecture architecture,
      Map<String, Cell.Factory> cells,
      Beginning beginning,
      boolean stepwise) {
    if (!backend.info().dataTypes().contains(architecture.dataType())) {
      throw new InvalidArgumentException(
          "network on backend " + backend.info().name(),
          architecture.dataType().toString(),
          "one of " + backend.info().dataTypes(),
          "Choose another type or another backend");
    }
    Scope scope = backend.scope("network");
    boolean complete = false;
    try {
      FreshWeights weights = new FreshWeights(backend, scope, architecture.dataType(), beginning);
      List<Layer> layers = new Assembly(backend, architecture, cells, weights, stepwise).layers();
      complete = true;
      return new LayerStack(
          layers, layers.stream().flatMap(layer -> layer.parameters().stream()).toList(), scope);
    } finally {
      if (!complete) {
        scope.close();
      }
    }
  }

  /** The same weights, packed once more at another precision, for inference alone. */
  LayerStack at(Precision precision, Backend backend, DataType type) {
    List<Layer> lowered = Lowered.layers("network", layers, precision, backend, type);
    return new LayerStack(lowered, parameters, backend.scope("network at " + precision));
  }

  /** Bytes of the recurrent layers' weights as their plans pack them. */
  long packedBytes() {
    return layers.stream()
        .filter(RecurrentLayer.class::isInstance)
        .mapToLong(layer -> ((RecurrentLayer) layer).packedBytes())
        .sum();
  }

  /** Packs the weights again after they moved. */
  void refresh() {
    layers.forEach(Layer::refresh);
  }

  @Override
  public void close() {
    layers.forEach(Layer::close);
    scope.close();
  }
}
