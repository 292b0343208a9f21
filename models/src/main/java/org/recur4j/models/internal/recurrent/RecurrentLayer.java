package org.recur4j.models.internal.recurrent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Fusable;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.State;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Verdict;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.Merge;
import org.recur4j.models.architecture.RecurrentOptions;
import org.recur4j.models.internal.layer.DropoutMask;
import org.recur4j.models.internal.layer.Layer;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.LayerOutput;
import org.recur4j.models.internal.layer.TracedCall;
import org.recur4j.models.internal.layer.Workspaces;
import org.recur4j.models.layer.LayerTrace;

/**
 * A layer that runs one or two cells over whole sequences, through a plan if the cells have one,
 * else step by step. The last state consists of the forward cell's state after each row's last step
 * and the reverse cell's state after each row's first step.
 */
public final class RecurrentLayer implements Layer {
  private final String name;
  private final RecurrentCells cells;
  private final RecurrentOptions options;
  private final long stream;
  private final Precision precision;
  private final List<Integer> stateSizes;
  private final RecurrentPlan plan;
  private final Tensor[] planWeights;

  /**
   * Creates a layer.
   *
   * @param name name for summaries
   * @param backend backend that supplies the plan
   * @param cells one cell per direction, with their parameters
   * @param options options that surround the cells
   * @param stream random stream of its recurrent dropout, unique within a model
   * @param stepwise whether to run step by step even if a plan exists
   */
  public RecurrentLayer(
      String name,
      Backend backend,
      RecurrentCells cells,
      RecurrentOptions options,
      int stream,
      boolean stepwise) {
    if (cells.directions().size() != options.direction().count()) {
      throw new InvalidArgumentException(
          name,
          cells.directions().size() + " cell(s)",
          options.direction().count() + ", one per direction of " + options.direction(),
          "Build one cell per direction");
    }
    this.name = name;
    this.cells = cells;
    this.options = options;
    this.stream = RandomStream.RECURRENT_DROPOUT.at(stream);
    this.precision = Precision.FULL;
    this.stateSizes = RecurrentCells.stateSizes(backend, cells.directions().get(0));
    List<Fusable> fusables = stepwise ? List.of() : cells.fusables();
    this.planWeights = weights(fusables);
    this.plan = fusables.isEmpty() ? null : plan(backend, fusables, options);
  }

  /** Creates a layer with the same weights and a plan of another precision. */
  private RecurrentLayer(RecurrentLayer full, Precision precision, RecurrentPlan plan) {
    this.name = full.name + ", " + precision;
    this.cells = full.cells;
    this.options = full.options;
    this.stream = full.stream;
    this.precision = precision;
    this.stateSizes = full.stateSizes;
    this.planWeights = full.planWeights;
    this.plan = plan;
  }

  private static RecurrentPlan plan(
      Backend backend, List<Fusable> fusables, RecurrentOptions options) {
    return backend
        .recurrence()
        .plan(
            fusables.get(0).spec().toBuilder()
                .direction(options.direction())
                .hiddenMask(options.recurrentDropout() > 0)
                .build(),
            weights(fusables.stream()),
            Fusion.AUTO);
  }

  private static RecurrentWeights weights(Stream<Fusable> fusables) {
    return new RecurrentWeights(fusables.map(Fusable::weights).toList());
  }

  /**
   * Returns an inference-only layer with the same weights, packed at another precision.
   *
   * @param value precision of matrix products
   * @param backend backend of this layer
   * @return the layer; the caller closes it before this one
   * @throws InvalidArgumentException if the layer runs step by step, or the backend has no kernels
   *     for it at that precision; another precision is never substituted
   */
  public RecurrentLayer at(Precision value, Backend backend) {
    if (plan == null) {
      if (value == Precision.FULL) {
        return new RecurrentLayer(this, value, null);
      }
      throw lacking(value, backend, engine());
    }
    RecurrentSpec spec = plan.spec().toBuilder().precision(value).build();
    Verdict verdict = backend.recurrence().assess(spec);
    if (!verdict.fused() && value != Precision.FULL) {
      throw lacking(value, backend, verdict.reason());
    }
    RecurrentWeights weights = weights(cells.fusables().stream());
    Fusion fusion = verdict.fused() ? Fusion.REQUIRE : Fusion.AUTO;
    return new RecurrentLayer(this, value, backend.recurrence().plan(spec, weights, fusion));
  }

  private InvalidArgumentException lacking(Precision value, Backend backend, String reason) {
    return new InvalidArgumentException(
        name + " at " + value + " on backend " + backend.info().name(),
        reason,
        "kernels of that precision",
        "Use " + Precision.FULL + ", or a backend whose recurrence().assess returns a fused plan");
  }

  /**
   * Returns the precision of matrix products.
   *
   * @return FULL unless created by {@link #at}
   */
  public Precision precision() {
    return precision;
  }

  /**
   * Returns the memory used by the plan's packed weights.
   *
   * @return bytes; 0 if the weights are used without packing
   */
  public long packedBytes() {
    return plan == null ? 0 : plan.report().packedBytes();
  }

  /**
   * Returns the weights in the order of {@link RecurrentFunction}'s inputs, with nulls for those
   * that differ between calls.
   */
  private static Tensor[] weights(List<Fusable> fusables) {
    List<Tensor> all = new ArrayList<>(Collections.nCopies(RecurrentFunction.WEIGHTS, null));
    for (Fusable fusable : fusables) {
      DirectionWeights weights = fusable.weights();
      all.add(weights.weightIh());
      all.add(weights.weightHh());
      all.add(weights.biasIh());
      all.add(weights.biasHh());
    }
    return all.toArray(new Tensor[0]);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Parameter> parameters() {
    return cells.parameters();
  }

  @Override
  public int outputSize() {
    return options.outputSize(cells.hiddenSize());
  }

  @Override
  public String engine() {
    return verdict()
        .map(Verdict::reason)
        .orElse("step by step: the cells have no common plan, or stepwise execution was requested");
  }

  /**
   * Returns the plan's verdict.
   *
   * @return the verdict; empty if the layer runs step by step
   */
  public Optional<Verdict> verdict() {
    return Optional.ofNullable(plan).map(p -> p.report().verdict());
  }

  @Override
  public LayerOutput forward(LayerContext run, LayerOutput in) {
    ScanOutput out = run(run, in.values(), run.states().initial());
    run.states().keep(out.last());
    return new LayerOutput(out.values(), lastState(run.ops(), out.last()));
  }

  /**
   * Runs a batch from a given state. Differentiable with respect to x, the weights and the state.
   *
   * @param run operations, lengths and mode
   * @param x input, {@code [T, B, I]}
   * @param initial initial state, parts {@code [D, B, H]}, as {@link ScanOutput#last}; null for the
   *     layer's own
   * @return the output of every step and the last state
   * @throws InvalidArgumentException if the state does not fit this layer and batch
   */
  public ScanOutput run(LayerContext run, Tensor x, State initial) {
    int batch = x.extent(1);
    State first = initial;
    if (initial != null) {
      cells.check(name, stateSizes, initial, batch);
    } else if (plan == null || !cells.hasZeroInitialState()) {
      first = cells.initial(run.ops(), batch);
    }
    Tensor mask = options.recurrentDropout() > 0 ? mask(run, x.dataType(), batch) : null;
    return plan == null ? stepwise(run, x, first, mask) : planned(run, x, first, mask);
  }

  /**
   * Returns the last states as one vector per row, merged as the outputs are.
   *
   * @param ops operations to compute with
   * @param last last state, parts {@code [D, B, H]}
   * @return {@code [B, F]}
   */
  public Tensor lastState(Ops ops, State last) {
    Tensor forward = RecurrentCells.direction(ops, last.hidden(), 0);
    return cells.directions().size() == 1
        ? forward
        : options.merge().apply(ops, forward, RecurrentCells.direction(ops, last.hidden(), 1));
  }

  /**
   * Returns the layer's own initial state.
   *
   * @param ops operations to compute with
   * @param batch B
   * @return parts {@code [D, B, H]}
   */
  public State initialState(Ops ops, int batch) {
    return cells.initial(ops, batch);
  }

  /** Returns one dropout mask per sequence, {@code [D, B, H]}; ones for inference. */
  private Tensor mask(LayerContext run, DataType dataType, int batch) {
    Shape shape = Shape.of(cells.directions().size(), batch, cells.hiddenSize());
    if (run.mode() != Mode.INFERENCE) {
      return DropoutMask.draw(run, options.recurrentDropout(), stream, 0, dataType, shape);
    }
    Tensor ones = run.ops().scope().create(dataType, shape);
    run.ops().backend().kernels().fill(1, ones);
    return ones;
  }

  private ScanOutput planned(LayerContext run, Tensor x, State initial, Tensor mask) {
    Tensor[] inputs = planWeights.clone();
    inputs[0] = x;
    if (initial != null) {
      for (int i = 0; i < initial.parts().size(); i++) {
        inputs[RecurrentFunction.INITIAL + i] = initial.parts().get(i);
      }
    }
    Pass pass = run.passes().of(plan, x.extent(0), x.extent(1), run.mode());
    Tensor[] outputs =
        run.ops().apply(new RecurrentFunction(plan, pass, run.lengths(), mask), inputs);
    if (run.mode() == Mode.TRACING) {
      run.passes().note(this, new TracedCall(pass, run.lengths(), initial, List.of()));
    }
    State last = new State(List.of(outputs).subList(1, outputs.length));
    if (options.direction().count() == 1 || options.merge() == Merge.CONCATENATE) {
      return new ScanOutput(outputs[0], last);
    }
    int size = cells.hiddenSize();
    Tensor forward = run.ops().slice(outputs[0], 2, 0, size);
    Tensor reverse = run.ops().slice(outputs[0], 2, size, 2 * size);
    return new ScanOutput(options.merge().apply(run.ops(), forward, reverse), last);
  }

  private ScanOutput stepwise(LayerContext run, Tensor x, State initial, Tensor mask) {
    List<Tensor> values = new ArrayList<>();
    List<State> lasts = new ArrayList<>();
    List<List<Tensor>> hidden = new ArrayList<>();
    for (int d = 0; d < cells.directions().size(); d++) {
      StepLoop loop =
          new StepLoop(
              run.ops(),
              cells.directions().get(d),
              run.lengthTensor(),
              options.direction().isReverse(d),
              mask == null ? null : RecurrentCells.direction(run.ops(), mask, d));
      List<Tensor> seen = new ArrayList<>();
      ScanOutput one = loop.run(x, RecurrentCells.direction(run.ops(), initial, d), seen::add);
      hidden.add(seen);
      values.add(one.values());
      lasts.add(one.last());
    }
    if (run.mode() == Mode.TRACING) {
      run.passes().note(this, new TracedCall(null, run.lengths(), initial, hidden));
    }
    Tensor merged =
        values.size() == 1
            ? values.get(0)
            : options.merge().apply(run.ops(), values.get(0), values.get(1));
    return new ScanOutput(merged, RecurrentCells.joined(run.ops(), lasts));
  }

  /**
   * Returns traces of the last batch if it ran in mode {@link Mode#TRACING}. Must be called after
   * the backward pass and before the next batch.
   *
   * @param backend backend of the layer
   * @param passes workspaces of that run
   * @param gradients function from a result to its gradient, of the tape of that run
   * @return one trace per direction; empty if nothing was traced
   */
  public List<LayerTrace> traces(
      Backend backend, Workspaces passes, UnaryOperator<Tensor> gradients) {
    TracedCall call = passes.traced(this);
    if (call == null) {
      return List.of();
    }
    LayerTraces reader = new LayerTraces(name, backend, options.direction(), call);
    return plan == null
        ? reader.ofSteps(cells.hiddenSize(), gradients)
        : reader.ofPlan(plan, weights(cells.fusables().stream()).directions());
  }

  @Override
  public void refresh() {
    if (plan != null) {
      plan.refresh();
    }
  }

  @Override
  public void close() {
    if (plan != null) {
      plan.close();
    }
  }
}
