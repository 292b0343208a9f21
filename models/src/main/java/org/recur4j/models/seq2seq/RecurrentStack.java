package org.recur4j.models.seq2seq;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.State;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.internal.assembly.ParameterFactory;
import org.recur4j.models.internal.assembly.RecurrentAssembly;
import org.recur4j.models.internal.layer.DropoutLayer;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.LayerOutput;
import org.recur4j.models.internal.recurrent.LowPrecisionLayers;
import org.recur4j.models.internal.recurrent.RecurrentLayer;
import org.recur4j.models.internal.recurrent.ScanOutput;

/**
 * A stack of recurrent layers with dropout between them.
 *
 * @param layers layers, first to last
 * @param dropout dropout rate
 * @param stream random stream of the first dropout; each dropout has its own
 */
record RecurrentStack(List<RecurrentLayer> layers, double dropout, int stream)
    implements AutoCloseable {
  /** The result of a stack: the last layer's outputs and the last state of every layer. */
  record Run(Tensor values, List<State> last) {}

  /** The means to create layers. */
  record Place(Backend backend, DataType dataType, ParameterFactory weights, boolean stepwise) {}

  static RecurrentStack of(
      Place place,
      String side,
      List<RecurrentLayerSpec> specs,
      int inputSize,
      double dropout,
      int stream) {
    List<RecurrentLayer> layers = new ArrayList<>();
    RecurrentAssembly assembly =
        new RecurrentAssembly(
            place.backend(), place.dataType(), place.weights(), side + ".rnn.", place.stepwise());
    int size = inputSize;
    boolean complete = false;
    try {
      for (RecurrentLayerSpec spec : specs) {
        layers.add(assembly.layer(spec, size, layers.size(), stream + layers.size()));
        size = layers.get(layers.size() - 1).outputSize();
      }
      complete = true;
      return new RecurrentStack(layers, dropout, stream);
    } finally {
      if (!complete) {
        layers.forEach(RecurrentLayer::close);
      }
    }
  }

  /** Returns an inference-only stack with the same weights at another precision. */
  RecurrentStack at(Precision precision, Backend backend, DataType type) {
    return new RecurrentStack(
        LowPrecisionLayers.layers("encoder–decoder", layers, precision, backend, type),
        dropout,
        stream);
  }

  long packedBytes() {
    return layers.stream().mapToLong(RecurrentLayer::packedBytes).sum();
  }

  /** Runs all layers; {@code initial} is one state per layer, or null. */
  Run run(LayerContext run, Tensor x, List<State> initial) {
    List<State> last = new ArrayList<>();
    Tensor values = x;
    for (int i = 0; i < layers.size(); i++) {
      if (i > 0) {
        values = drop(run, values, dropout, stream + i);
      }
      ScanOutput out = layers.get(i).run(run, values, initial == null ? null : initial.get(i));
      values = out.values();
      last.add(out.last());
    }
    return new Run(values, last);
  }

  /** Applies dropout to a sequence. */
  static Tensor drop(LayerContext run, Tensor values, double rate, int stream) {
    return new DropoutLayer(rate, stream, values.extent(-1))
        .forward(run, new LayerOutput(values, null))
        .values();
  }

  List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  int outputSize() {
    return layers.get(layers.size() - 1).outputSize();
  }

  void refresh() {
    layers.forEach(RecurrentLayer::refresh);
  }

  @Override
  public void close() {
    layers.forEach(RecurrentLayer::close);
  }
}
