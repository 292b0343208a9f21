package org.recur4j.models.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.function.UnaryOperator;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.data.StepMask;
import org.recur4j.models.internal.assembly.LayerStack;
import org.recur4j.models.internal.layer.CarriedStates;
import org.recur4j.models.internal.layer.Layer;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.LayerOutput;
import org.recur4j.models.internal.layer.Workspaces;
import org.recur4j.models.internal.recurrent.RecurrentLayer;
import org.recur4j.models.layer.LayerTrace;
import org.recur4j.models.session.NetworkState;

/**
 * Forward passes of a network with workspaces that are reused from batch to batch. A run must not
 * be used by two threads at once; several runs may share a network.
 */
public final class NetworkRun implements AutoCloseable {
  private final LayerStack stack;
  private final Mode mode;
  private final long seed;
  private final Scope scope;
  private final Workspaces passes;
  private boolean closed;

  NetworkRun(LayerStack stack, Mode mode, long seed) {
    this.stack = stack;
    this.mode = mode;
    this.seed = seed;
    this.scope = stack.backend().scope("run of a network");
    this.passes = new Workspaces(scope.child("passes"));
  }

  /**
   * Runs a batch through every layer.
   *
   * @param ops the operations: a tape in training
   * @param batch the sequences
   * @param step number of the training step, for dropout
   * @return logits or values: {@code [B, C]}, or {@code [T, B, C]} if every step has an output;
   *     masked steps hold zeros or the previous output, as the batch requests
   * @throws InvalidArgumentException if the batch is not what the first layer reads
   */
  public Tensor forward(Ops ops, SequenceBatch batch, long step) {
    return forward(ops, batch, null, step).values();
  }

  /**
   * Runs a batch through every layer, starting from the state of an earlier pass over the same
   * rows.
   *
   * @param ops the operations: a tape in training
   * @param batch the sequences, or their next chunk
   * @param initial the state of the rows; null for the initial state
   * @param step number of the training step, for dropout
   * @return logits or values, and the new state
   * @throws InvalidArgumentException if the batch is not what the first layer reads, or the state
   *     belongs to another network or to another number of rows
   */
  public NetworkOutput forward(Ops ops, SequenceBatch batch, NetworkState initial, long step) {
    return forward(ops, batch, initial, step, (in, layer) -> {});
  }

  /**
   * Returns the gates, cell states and state gradients of the recurrent layers in the last batch of
   * a run in mode {@link Mode#TRACING}. Call it after the backward pass and before the next batch;
   * it is slow.
   *
   * @param gradients returns the gradient of a result on that batch's tape: {@code tape::gradient}
   * @return one trace for each direction, first layer first, forward before reverse; empty in other
   *     modes
   */
  public List<LayerTrace> traces(UnaryOperator<Tensor> gradients) {
    List<LayerTrace> traces = new ArrayList<>();
    for (Layer layer : stack.layers()) {
      if (layer instanceof RecurrentLayer recurrent) {
        traces.addAll(recurrent.traces(stack.backend(), passes, gradients));
      }
    }
    return traces;
  }

  /** Passes the input of each layer to the observer. */
  NetworkOutput forward(
      Ops ops,
      SequenceBatch batch,
      NetworkState initial,
      long step,
      ObjIntConsumer<LayerOutput> observer) {
    if (closed) {
      throw new ClosedException(
          "forward", "a closed run of a network", "an open one", "Open a run for each use");
    }
    check(batch);
    CarriedStates states = states(initial);
    passes.begin();
    Lengths lengths = batch.runLengths();
    Tensor lengthTensor = ops.scope().create(DataType.INT32, Shape.of(lengths.batch()));
    int[] values = new int[lengths.batch()];
    lengths.copyTo(values);
    ops.backend().upload(values, 0, lengthTensor);
    LayerContext run =
        new LayerContext(ops, lengths, lengthTensor, mode, seed, step, passes, states);
    Tensor out = stack.forward(run, upload(ops, batch), observer);
    boolean scattered = stack.architecture().topology().isAligned() && batch.mask().hasHoles();
    return new NetworkOutput(
        scattered ? putBack(ops, out, batch.mask()) : out, new NetworkState(states.last()));
  }

  /** Moves the outputs of real steps back to the positions of those steps. */
  private static Tensor putBack(Ops ops, Tensor out, StepMask mask) {
    int batch = out.extent(1);
    int outputs = out.extent(2);
    Tensor sources = ops.scope().create(DataType.INT32, Shape.of(mask.lengths().steps(), batch));
    ops.backend().upload(mask.sources(), 0, sources);
    return ops.gather(ops.reshape(out, out.extent(0) * batch, outputs), sources);
  }

  private CarriedStates states(NetworkState initial) {
    if (initial == null) {
      return CarriedStates.none();
    }
    long layers = stack.layers().stream().filter(RecurrentLayer.class::isInstance).count();
    if (initial.layers().size() != layers) {
      throw new InvalidArgumentException(
          "forward",
          "states of " + initial.layers().size() + " recurrent layers",
          "" + layers,
          "Pass the state that this network's last pass returned");
    }
    return new CarriedStates(initial.layers());
  }

  private void check(SequenceBatch batch) {
    Architecture architecture = stack.architecture();
    boolean sizeKnown = batch.readsIndices() || batch.features() > 0;
    if (batch.readsIndices() != architecture.readsIndices()
        || (sizeKnown && batch.features() != architecture.features())) {
      throw new InvalidArgumentException(
          "forward",
          describe(batch.readsIndices(), batch.features()),
          describe(architecture.readsIndices(), architecture.features()),
          "Make the batch with ofIndices or ofFeatures as the network's first layer needs");
    }
    if (architecture.topology() == Topology.ONE_TO_ONE
        && !(batch.runLengths().isFull() && batch.runLengths().steps() == 1)) {
      throw new InvalidArgumentException(
          "forward of a one-to-one network",
          "lengths " + batch.runLengths(),
          "exactly one step each",
          "Use manyToOne or manyToMany for sequences");
    }
    int vocabulary = stack.architecture().vocabulary();
    for (int index : batch.indices()) {
      if (index < -1 || index >= vocabulary) {
        throw new InvalidArgumentException(
            "forward",
            "index " + index,
            "an index in [-1, " + vocabulary + ")",
            "Encode the text with the vocabulary that the network was trained with");
      }
    }
  }

  private static String describe(boolean indices, int features) {
    if (indices) {
      return "sequences of indices";
    }
    return features == 0 ? "sequences of vectors" : "vectors of " + features + " features";
  }

  private Tensor upload(Ops ops, SequenceBatch batch) {
    Backend backend = ops.backend();
    int steps = batch.runLengths().steps();
    if (batch.readsIndices()) {
      Tensor x = ops.scope().create(DataType.INT32, Shape.of(steps, batch.size()));
      backend.upload(batch.indices(), 0, x);
      return x;
    }
    Architecture architecture = stack.architecture();
    Shape shape = Shape.of(steps, batch.size(), architecture.features());
    Tensor x = ops.scope().create(architecture.dataType(), shape);
    if (batch.features() == 0) {
      // No sequence has a real step; no layer reads the padding.
      backend.kernels().fill(0, x);
    } else {
      backend.upload(batch.values(), 0, x);
    }
    return x;
  }

  @Override
  public void close() {
    closed = true;
    passes.close();
    scope.close();
  }
}
