package org.recur4j.models.internal.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.LayerVisitor;
import org.recur4j.models.architecture.PeepholeLstmSpec;
import org.recur4j.models.architecture.Pooling;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.architecture.RecurrentOptions;
import org.recur4j.models.initialization.RecurrentInitialization;
import org.recur4j.models.internal.json.Excerpt;
import org.recur4j.models.internal.layer.AttentionPoolingLayer;
import org.recur4j.models.internal.layer.CustomLayerAdapter;
import org.recur4j.models.internal.layer.DenseLayer;
import org.recur4j.models.internal.layer.DropoutLayer;
import org.recur4j.models.internal.layer.EmbeddingLayer;
import org.recur4j.models.internal.layer.Layer;
import org.recur4j.models.internal.layer.LayerNormalizationLayer;
import org.recur4j.models.internal.layer.PoolingLayer;
import org.recur4j.models.layer.CustomLayer;
import org.recur4j.models.layer.Factories;
import org.recur4j.models.layer.PeepholeLstmCell;

/** Builds the layers of an architecture, with PyTorch's names for their weights. */
final class LayerAssembly implements LayerVisitor<Layer> {
  private final Backend backend;
  private final Architecture architecture;
  private final Factories factories;
  private final ParameterFactory weights;
  private final boolean stepwise;
  private int recurrentLayers;
  private int denseLayers;
  private int normalizations;
  private int customLayers;

  /** The position of the layer being built; {@code size} is its number of input features. */
  private int index;

  private int size;

  LayerAssembly(
      Backend backend,
      Architecture architecture,
      Factories factories,
      ParameterFactory weights,
      boolean stepwise) {
    this.backend = backend;
    this.architecture = architecture;
    this.factories = factories;
    this.weights = weights;
    this.stepwise = stepwise;
  }

  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    size = architecture.features();
    boolean complete = false;
    try {
      for (index = 0; index < architecture.layers().size(); index++) {
        Layer layer = architecture.layers().get(index).accept(this);
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

  @Override
  public Layer embedding(LayerSpec.Embedding spec) {
    int padding = spec.paddingIndex();
    return new EmbeddingLayer(
        weights.table("embedding.weight", spec.vocabulary(), spec.size(), padding), padding);
  }

  @Override
  public Layer dropout(LayerSpec.Dropout spec) {
    return new DropoutLayer(spec.rate(), spec.variational(), index, size);
  }

  @Override
  public Layer dense(LayerSpec.Dense spec) {
    boolean head = index == architecture.layers().size() - 1;
    String name = head ? "head" : "dense" + denseLayers++;
    return new DenseLayer(
        weights.dense(name + ".weight", spec.units(), size),
        weights.denseBias(name + ".bias", spec.units(), size),
        spec.activation());
  }

  @Override
  public Layer normalized(LayerSpec.Normalized spec) {
    String name = "norm" + normalizations++;
    return new LayerNormalizationLayer(
        weights.constant(name + ".weight", size, 1),
        weights.constant(name + ".bias", size, 0),
        spec.epsilon());
  }

  @Override
  public Layer pooled(LayerSpec.Pooled spec) {
    return spec.pooling() == Pooling.ATTENTION
        ? new AttentionPoolingLayer(
            weights.dense("pooling.weight", size, size),
            weights.denseBias("pooling.bias", size, size),
            weights.dense("pooling.vector", 1, size))
        : new PoolingLayer(spec.pooling(), size);
  }

  @Override
  public Layer customLayer(LayerSpec.Custom spec) {
    String prefix = "custom" + customLayers++ + ".";
    CustomLayer layer =
        factory(factories.layers(), "layer", spec.name())
            .create(weights.cell(RecurrentInitialization.asNetwork(), prefix, ""), size);
    List<Parameter> parameters =
        layer.parameters().stream()
            .map(parameter -> new Parameter(prefix + parameter.name(), parameter.value()))
            .toList();
    return new CustomLayerAdapter(spec.name(), layer, parameters, size);
  }

  @Override
  public Layer customCell(LayerSpec.CustomCell spec) {
    return scan(spec.name(), spec.options(), factory(factories.cells(), "cell", spec.name()));
  }

  @Override
  public Layer peephole(PeepholeLstmSpec spec) {
    return scan(
        "peephole LSTM",
        spec.options(),
        (source, inputSize) -> new PeepholeLstmCell(source, spec, inputSize));
  }

  private Layer scan(String kind, RecurrentOptions options, Cell.Factory factory) {
    int number = recurrentLayers++;
    return assembly().layer(kind, options, factory, size, number, number);
  }

  @Override
  public Layer recurrent(RecurrentLayerSpec spec) {
    int number = recurrentLayers++;
    return assembly().layer(spec, size, number, number);
  }

  private RecurrentAssembly assembly() {
    return new RecurrentAssembly(backend, architecture.dataType(), weights, "rnn.", stepwise);
  }

  private static <F> F factory(Map<String, F> factories, String what, String name) {
    F factory = factories.get(name);
    if (factory == null) {
      throw new InvalidArgumentException(
          "network",
          "no factory for the " + what + " '" + Excerpt.of(name) + "'",
          "a factory of that name",
          "Pass the factory that the network was trained with");
    }
    return factory;
  }
}
