package org.recur4j.models.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.internal.assembly.WeightSource;
import org.recur4j.models.layer.CustomLayer;
import org.recur4j.models.layer.Factories;

/** The settings of a network under construction, shared by the builders that describe it. */
final class Blueprint {
  private final Topology topology;
  private final List<LayerSpec> layers = new ArrayList<>();
  private final Map<String, Cell.Factory> cells = new LinkedHashMap<>();
  private final Map<String, CustomLayer.Factory> ownLayers = new LinkedHashMap<>();
  private boolean answered;
  int features;
  DataType dataType = DataType.FLOAT32;
  OutputKind answer = OutputKind.CLASSES;
  InitialWeights initialWeights = InitialWeights.STANDARD;
  long seed;
  boolean stepwise;

  Blueprint(Topology topology) {
    this.topology = topology;
  }

  void add(LayerSpec layer) {
    if (answered) {
      throw new InvalidArgumentException(
          "network",
          "a layer after the output: " + layer,
          "the output as the last layer",
          "Call classes(…), labels(…) or values(…) once, after every other layer");
    }
    layers.add(layer);
  }

  void add(LayerSpec.CustomCell layer, Cell.Factory factory) {
    add(layer);
    cells.put(layer.name(), factory);
  }

  void add(LayerSpec.Custom layer, CustomLayer.Factory factory) {
    add((LayerSpec) layer);
    ownLayers.put(layer.name(), factory);
  }

  void answer(OutputKind value, LayerSpec.Dense output) {
    add(output);
    answer = value;
    answered = true;
  }

  Architecture architecture() {
    return new Architecture(topology, features, dataType, layers, answer);
  }

  Network build(Backend backend) {
    return new Network(
        backend,
        architecture(),
        new Factories(cells, ownLayers),
        WeightSource.drawn(initialWeights, seed),
        stepwise,
        Map.of());
  }
}
