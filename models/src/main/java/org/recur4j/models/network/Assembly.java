package org.recur4j.models.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.ReferenceCell;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.models.layer.DenseLayer;
import org.recur4j.models.layer.DropoutLayer;
import org.recur4j.models.layer.EmbeddingLayer;
import org.recur4j.models.layer.Layer;
import org.recur4j.models.layer.LayerSpec;
import org.recur4j.models.layer.RecurrentLayer;
import org.recur4j.models.layer.RecurrentLayerSpec;

/** Turns an architecture into layers, with PyTorch's names for their weights. */
final class Assembly {
  private final Backend backend;
  private final Architecture architecture;
  private final Map<String, Cell.Factory> cells;
  private final FreshWeights weights;
  private final boolean stepwise;
  private int recurrentLayers;
  private int denseLayers;

  Assembly(
      Backend backend,
      Architecture architecture,
      Map<String, Cell.Factory> cells,
      FreshWeights weights,
      boolean stepwise) {
    this.backend = backend;
    this.architecture = architecture;
    this.cells = cells;
    this.weights = weights;
    this.stepwise = stepwise;
  }

  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    int size = architecture.features();
    for (int i = 0; i < architecture.layers().size(); i++) {
      Layer layer = layer(architecture.layers().get(i), size, i);
      layers.add(layer);
      size = layer.outputSize();
    }
    return List.copyOf(layers);
  }

  private Layer layer(LayerSpec spec, int size, int index) {
    if (spec instanceof LayerSpec.Embedding embedding) {
      return new EmbeddingLayer(
          weights.table("embedding.weight", embedding.vocabulary(), embedding.size()));
    }
    if (spec instanceof LayerSpec.Dropout dropout) {
      return new DropoutLayer(dropout.rate(), index, size);
    }
    if (spec instanceof LayerSpec.Dense dense) {
      boolean head = index == architecture.layers().size() - 1;
      String name = head ? "head" : "dense" + denseLayers++;
      return new DenseLayer(
          weights.dense(name + ".weight", dense.units(), size),
          weights.denseBias(name + ".bias", dense.units(), size),
          dense.activation());
    }
    if (spec instanceof LayerSpec.CustomCell custom) {
      Direction direction = custom.bidirectional() ? Direction.BIDIRECTIONAL : Direction.FORWARD;
      return recurrent(custom.name(), direction, factory(custom.name()), size);
    }
    RecurrentLayerSpec recurrent = (RecurrentLayerSpec) spec;
    return recurrent(
        recurrent.cell().toString(),
        recurrent.direction(),
        (source, inputSize) ->
            ReferenceCell.of(
                source,
                recurrent.direction(Direction.FORWARD).toSpec(inputSize, architecture.dataType())),
        size);
  }

  private Layer recurrent(String kind, Direction direction, Cell.Factory factory, int size) {
    int number = recurrentLayers++;
    List<Cell> directions = new ArrayList<>();
    List<Parameter> parameters = new ArrayList<>();
    for (int d = 0; d < direction.count(); d++) {
      String suffix = "_l" + number + (direction.isReverse(d) ? "_reverse" : "");
      Cell cell = factory.create(weights.cell(), size);
      directions.add(cell);
      for (Parameter parameter : cell.parameters()) {
        parameters.add(new Parameter("rnn." + parameter.name() + suffix, parameter.value()));
      }
    }
    int hidden = directions.get(0).hiddenSize();
    String name =
        (direction == Direction.BIDIRECTIONAL ? "bidirectional " : "")
            + (direction == Direction.REVERSE ? "reverse " : "")
            + kind
            + " "
            + size
            + "→"
            + hidden;
    return new RecurrentLayer(name, backend, directions, parameters, direction, stepwise);
  }

  private Cell.Factory factory(String name) {
    Cell.Factory factory = cells.get(name);
    if (factory == null) {
      throw new InvalidArgumentException(
          "network",
          "no factory for the cell '" + name + "'",
          "one of that name",
          "Pass the factory that the network was trained with");
    }
    return factory;
  }
}
