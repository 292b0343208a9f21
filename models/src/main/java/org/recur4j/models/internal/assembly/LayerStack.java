package org.recur4j.models.internal.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.State;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.internal.layer.Layer;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.LayerOutput;
import org.recur4j.models.internal.recurrent.LowPrecisionLayers;
import org.recur4j.models.internal.recurrent.RecurrentLayer;
import org.recur4j.models.layer.Factories;
import org.recur4j.models.session.NetworkState;

/**
 * The layers of a network on a backend. A stack owns its weights, or shares those of the stack that
 * it was made from. Threads may share it for inference.
 */
public final class LayerStack implements AutoCloseable {
  private final LayerStack origin;
  private final Backend backend;
  private final Architecture architecture;
  private final List<Layer> layers;
  private final List<Parameter> parameters;
  private final Scope scope;
  private final NetworkFingerprint fingerprint;
  private volatile boolean closed;

  private LayerStack(
      LayerStack origin,
      Backend backend,
      Architecture architecture,
      List<Layer> layers,
      Scope scope) {
    this.origin = origin == null ? this : origin;
    this.backend = backend;
    this.architecture = architecture;
    this.layers = List.copyOf(layers);
    this.parameters =
        origin == null
            ? layers.stream().flatMap(layer -> layer.parameters().stream()).toList()
            : origin.parameters;
    this.scope = scope;
    this.fingerprint = origin == null ? new NetworkFingerprint(this) : origin.fingerprint;
  }

  /**
   * Builds layers with weights of their own.
   *
   * @param backend the backend
   * @param architecture the description of the layers
   * @param factories of custom cells and layers, by name
   * @param beginning initial weights
   * @param stepwise whether recurrent layers run step by step even where a plan exists
   * @return the layers, to be closed by the caller
   * @throws InvalidArgumentException if the backend does not support the data type, or a factory is
   *     missing
   */
  public static LayerStack build(
      Backend backend,
      Architecture architecture,
      Factories factories,
      WeightSource beginning,
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
      ParameterFactory weights =
          new ParameterFactory(backend, scope, architecture.dataType(), beginning);
      List<Layer> layers =
          new LayerAssembly(backend, architecture, factories, weights, stepwise).layers();
      complete = true;
      return new LayerStack(null, backend, architecture, layers, scope);
    } finally {
      if (!complete) {
        scope.close();
      }
    }
  }

  /**
   * Packs the same weights at another precision, for inference only.
   *
   * @param precision precision of the products
   * @return a stack that shares the weights of this one; close it before this one
   * @throws InvalidArgumentException as {@link LowPrecisionLayers#layers}
   */
  public LayerStack at(Precision precision) {
    List<Layer> lowered =
        LowPrecisionLayers.layers(
            "network", origin.layers, precision, backend, architecture.dataType());
    return new LayerStack(
        origin, backend, architecture, lowered, backend.scope("network at " + precision));
  }

  /**
   * Returns the backend of the weights.
   *
   * @return the backend
   */
  public Backend backend() {
    return backend;
  }

  /**
   * Returns the description of the layers.
   *
   * @return the architecture
   */
  public Architecture architecture() {
    return architecture;
  }

  /**
   * Returns the layers.
   *
   * @return first to last
   * @throws ClosedException if this stack or the owner of its weights is closed
   */
  public List<Layer> layers() {
    checkOpen("network");
    return layers;
  }

  /**
   * Returns the weights.
   *
   * @return named as in the model file, first layer first
   * @throws ClosedException if this stack or the owner of its weights is closed
   */
  public List<Parameter> parameters() {
    checkOpen("parameters");
    return parameters;
  }

  /**
   * Returns the SHA-256 of the architecture and the weights as they are now.
   *
   * @return 64 hexadecimal digits, the same on every backend that holds the same bits
   * @throws ClosedException if this stack or the owner of its weights is closed
   */
  public String fingerprint() {
    checkOpen("fingerprint");
    return fingerprint.digits();
  }

  /**
   * Runs every layer.
   *
   * @param run operations, lengths and mode
   * @param x INT32 {@code [T, B]}, or {@code [T, B, F]}
   * @return {@code [T, B, C]}, or {@code [B, C]} where a sequence has one output
   */
  public Tensor forward(LayerContext run, Tensor x) {
    return forward(run, x, (in, layer) -> {});
  }

  /**
   * Runs every layer, and passes the input of each to an observer.
   *
   * @param run operations, lengths and mode
   * @param x INT32 {@code [T, B]}, or {@code [T, B, F]}
   * @param observer gets the input and the position of each layer, before it runs
   * @return as {@link #forward(LayerContext, Tensor)}
   */
  public Tensor forward(LayerContext run, Tensor x, ObjIntConsumer<LayerOutput> observer) {
    LayerOutput flow = new LayerOutput(x, null);
    List<Layer> all = layers();
    int fold = architecture.fold();
    for (int i = 0; i < all.size(); i++) {
      observer.accept(flow, i);
      flow = all.get(i).forward(run, flow);
      if (i == fold && flow.last() != null) {
        flow = new LayerOutput(flow.last(), null);
      }
    }
    Tensor out = flow.values();
    return architecture.topology() == Topology.ONE_TO_ONE
        ? run.ops().reshape(out, out.extent(1), out.extent(2))
        : out;
  }

  /**
   * Returns the state before the first step.
   *
   * @param rows B
   * @param scope owner of the new tensors
   * @return one state for each recurrent layer; a part may be a weight, which must not be written
   */
  public NetworkState initialState(int rows, Scope scope) {
    List<State> states = new ArrayList<>();
    for (Layer layer : layers()) {
      if (layer instanceof RecurrentLayer recurrent) {
        states.add(recurrent.initialState(new EagerOps(backend, scope), rows));
      }
    }
    return new NetworkState(states);
  }

  /**
   * Returns the memory of the recurrent layers' packed weights.
   *
   * @return bytes; layers that use the weights in place count 0
   */
  public long packedBytes() {
    return layers().stream()
        .filter(RecurrentLayer.class::isInstance)
        .mapToLong(layer -> ((RecurrentLayer) layer).packedBytes())
        .sum();
  }

  /** Packs the weights again after they were changed; not while another thread runs. */
  public void refresh() {
    layers().forEach(Layer::refresh);
  }

  /**
   * Checks that this stack and the owner of its weights are open.
   *
   * @param operation the operation, for the message
   * @throws ClosedException if this stack or the owner of its weights is closed
   */
  public void checkOpen(String operation) {
    if (closed || origin.closed) {
      throw new ClosedException(
          operation,
          "a closed network",
          "an open one",
          "Close the network after its last use, and after the networks made from it");
    }
  }

  @Override
  public void close() {
    closed = true;
    layers.forEach(Layer::close);
    scope.close();
  }
}
