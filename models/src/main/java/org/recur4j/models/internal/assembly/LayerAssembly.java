package org.recur4j.models.internal.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.PeepholeLstmSpec;
import org.recur4j.models.architecture.Pooling;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.internal.json.Excerpt;
import org.recur4j.models.internal.layer.AttentionPoolingLayer;
import org.recur4j.models.internal.layer.DenseLayer;
import org.recur4j.models.internal.layer.DropoutLayer;
import org.recur4j.models.internal.layer.EmbeddingLayer;
import org.recur4j.models.internal.layer.Layer;
import org.recur4j.models.internal.layer.LayerNormalizationLayer;
import org.recur4j.models.internal.layer.PoolingLayer;
import org.recur4j.models.layer.PeepholeLstmCell;

/** Turns an architecture into layers, with PyTorch's names for their weights. */
final class LayerAssembly {
  private final Backend backend;
  private final Architecture architecture;
  private final Map<String, Cell.Factory> cells;
  private final ParameterFactory weights;
  private final boolean stepwise;
  private int recurrentLayers;
  private int denseLayers;
  private int normalizations;

  LayerAssembly(
      Backend backend,
      Architecture architecture,
      Map<String, Cell.Factory> cells,
      ParameterFactory weights,
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
    boolean complete = false;
    try {
      for (int i = 0; i < architecture.layers().size(); i++) {
        Layer layer = layer(architecture.layers().get(i), size, i);
        layers.add(layer);
        size = layer.outputSize();
      }
      complete = true;
      return List.copyOf(layers);
    } finally {
      if (!complete) {
        layers.forEach(Layer::close);
      }
    }
  }

  private Layer layer(LayerSpec spec, int size, int index) {
    if (spec instanceof LayerSpec.Embedding embedding) {
      int padding = embedding.paddingIndex();
      return new EmbeddingLayer(
          weights.table("embedding.weight", embedding.vocabulary(), embedding.size(), padding),
          padding);
    }
    if (spec instanceof LayerSpec.Dropout dropout) {
      return new DropoutLayer(dropout.rate(), dropout.variational(), index, size);
    }
    if (spec instanceof LayerSpec.Dense dense) {
      boolean head = index == architecture.layers().size() - 1;
      String name = head ? "head" : "dense" + denseLayers++;
      return new DenseLayer(
          weights.dense(name + ".weight", dense.units(), size),
          weights.denseBias(name + ".bias", dense.units(), size),
          dense.activation());
    }
    if (spec instanceof LayerSpec.Normalized normalized) {
      String name = "norm" + normalizations++;
      return new LayerNormalizationLayer(
          weights.constant(name + ".weight", size, 1),
          weights.constant(name + ".bias", size, 0),
          normalized.epsilon());
    }
    if (spec instanceof LayerSpec.Pooled pooled) {
      return pooled.pooling() == Pooling.ATTENTION
          ? new AttentionPoolingLayer(
              weights.dense("pooling.weight", size, size),
              weights.denseBias("pooling.bias", size, size),
              weights.dense("pooling.vector", 1, size))
          : new PoolingLayer(pooled.pooling(), size);
    }
    int number = recurrentLayers++;
    RecurrentAssembly assembly =
        new RecurrentAssembly(backend, architecture.dataType(), weights, "rnn.", stepwise);
    if (spec instanceof LayerSpec.CustomCell custom) {
      return assembly.layer(
          custom.name(), custom.options(), factory(custom.name()), size, number, number);
    }
    if (spec instanceof PeepholeLstmSpec peephole) {
      return assembly.layer(
          "peephole LSTM",
          peephole.options(),
          (source, inputSize) -> new PeepholeLstmCell(source, peephole, inputSize),
          size,
          number,
          number);
    }
    return assembly.layer((RecurrentLayerSpec) spec, size, number, number);
  }

  private Cell.Factory factory(String name) {
    Cell.Factory factory = cells.get(name);
    if (factory == null) {
      throw new InvalidArgumentException(
          "network",
          "no factory for the cell '" + Excerpt.of(name) + "'",
          "one of that name",
          "Pass the factory that the network was trained with");
    }
    return factory;
  }
}
