package org.recur4j.models.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Fusable;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.ReferenceCell;
import org.recur4j.api.cell.State;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Verdict;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * One or two cells over whole sequences: through a plan where every cell has one, else step by
 * step. The output holds the forward half first; the last state is the forward cell's after each
 * row's last step beside the reverse cell's after each row's first.
 */
public final class RecurrentLayer implements Layer {
  private final String name;
  private final List<Cell> cells;
  private final List<Parameter> parameters;
  private final Direction direction;
  private final RecurrentPlan plan;
  private final Tensor[] planWeights;

  /**
   * A layer.
   *
   * @param name for summaries
   * @param backend plans where it can
   * @param cells one a direction, forward first
   * @param parameters of the cells, named as in the model file
   * @param direction which way
   * @param stepwise whether to run step by step even where a plan exists
   */
  public RecurrentLayer(
      String name,
      Backend backend,
      List<Cell> cells,
      List<Parameter> parameters,
      Direction direction,
      boolean stepwise) {
    this.name = name;
    this.cells = List.copyOf(cells);
    this.parameters = List.copyOf(parameters);
    this.direction = direction;
    List<Fusable> fusables = new ArrayList<>();
    cells.forEach(cell -> cell.fusable().ifPresent(fusables::add));
    boolean planned = !stepwise && fusables.size() == cells.size();
    this.planWeights = planned ? weights(fusables) : new Tensor[0];
    this.plan = planned ? plan(backend, fusables, direction) : null;
  }

  private static RecurrentPlan plan(Backend backend, List<Fusable> fusables, Direction direction) {
    return backend
        .recurrence()
        .plan(
            fusables.get(0).spec().toBuilder().direction(direction).build(),
            new RecurrentWeights(fusables.stream().map(Fusable::weights).toList()),
            Fusion.AUTO);
  }

  /** In the order of {@link RecurrentFunction}, whose first inputs are each call's own. */
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
    return parameters;
  }

  @Override
  public int outputSize() {
    return cells.size() * cells.get(0).hiddenSize();
  }

  @Override
  public String engine() {
    return verdict()
        .map(Verdict::reason)
        .orElse("step by step: the cell names no plan, or steps were asked for");
  }

  /**
   * The plan's verdict.
   *
   * @return empty where the layer runs step by step
   */
  public Optional<Verdict> verdict() {
    return Optional.ofNullable(plan).map(p -> p.report().verdict());
  }

  @Override
  public Flow forward(LayerRun run, Flow in) {
    Recurred out = run(run, in.values(), run.states().initial());
    run.states().keep(out.last());
    return new Flow(out.values(), lastState(run.ops(), out.last()));
  }

  /**
   * Runs a batch from a given state; differentiable to x, the weights and the state.
   *
   * @param run mathematics, lengths, mode
   * @param x {@code [T, B, I]}
   * @param initial parts {@code [D, B, H]}, as {@link Recurred#last}; null for the layer's own
   * @return every step's output, and the state to go on from
   * @throws InvalidArgumentException if the state is not one of this layer for this batch
   */
  public Recurred run(LayerRun run, Tensor x, State initial) {
    return plan == null ? stepwise(run, x, initial) : planned(run, x, initial);
  }

  /**
   * The states after the last steps as one vector a row: the forward direction's features, then the
   * reverse direction's.
   *
   * @param ops the mathematics
   * @param last parts {@code [D, B, H]}
   * @return {@code [B, F]}
   */
  public Tensor lastState(Ops ops, State last) {
    Tensor hidden = last.hidden();
    Tensor rows = cells.size() == 1 ? hidden : ops.transpose(hidden);
    return ops.reshape(rows, hidden.extent(1), outputSize());
  }

  private Recurred planned(LayerRun run, Tensor x, State initial) {
    Tensor[] inputs = planWeights.clone();
    inputs[0] = x;
    State first = initial == null ? planInitial(run.ops(), x.extent(1)) : initial;
    if (first != null) {
      int parts = plan.spec().hasCellState() ? 2 : 1;
      check(first, parts, x.extent(1));
      for (int i = 0; i < parts; i++) {
        inputs[RecurrentFunction.INITIAL + i] = first.parts().get(i);
      }
    }
    Pass pass = run.passes().of(plan, x.extent(0), x.extent(1), run.mode());
    Tensor[] outputs = run.ops().apply(new RecurrentFunction(plan, pass, run.lengths()), inputs);
    return new Recurred(outputs[0], new State(List.of(outputs).subList(1, outputs.length)));
  }

  /** The reference cells begin with zeros, which plans call null. */
  private State planInitial(Ops ops, int batch) {
    return cells.get(0) instanceof ReferenceCell ? null : initialState(ops, batch);
  }

  /**
   * What rows begin with where nothing else is said.
   *
   * @param ops the mathematics
   * @param batch B
   * @return parts {@code [D, B, H]}
   */
  public State initialState(Ops ops, int batch) {
    List<State> directions = new ArrayList<>();
    cells.forEach(cell -> directions.add(cell.initialState(ops, batch)));
    return joined(ops, directions);
  }

  private Recurred stepwise(LayerRun run, Tensor x, State initial) {
    Ops ops = run.ops();
    int batch = x.extent(1);
    List<State> firsts = new ArrayList<>();
    for (int d = 0; d < cells.size(); d++) {
      State own = cells.get(d).initialState(ops, batch);
      if (initial != null) {
        check(initial, own.parts().size(), batch);
      }
      firsts.add(initial == null ? own : direction(ops, initial, d));
    }
    Tensor[] values = new Tensor[cells.size()];
    List<State> lasts = new ArrayList<>();
    for (int d = 0; d < cells.size(); d++) {
      Recurred one =
          StepLoop.run(
              ops, cells.get(d), run.lengthTensor(), x, direction.isReverse(d), firsts.get(d));
      values[d] = one.values();
      lasts.add(one.last());
    }
    return new Recurred(
        values.length == 1 ? values[0] : ops.concatenate(2, values), joined(ops, lasts));
  }

  /** One direction's state, {@code [B, H]} each part. */
  private static State direction(Ops ops, State state, int direction) {
    List<Tensor> parts = new ArrayList<>();
    for (Tensor part : state.parts()) {
      Tensor one = ops.slice(part, 0, direction, direction + 1);
      parts.add(ops.reshape(one, part.extent(1), part.extent(2)));
    }
    return new State(parts);
  }

  /** The directions' states side by side, {@code [D, B, H]} each part. */
  private static State joined(Ops ops, List<State> directions) {
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < directions.get(0).parts().size(); i++) {
      Tensor[] each = new Tensor[directions.size()];
      for (int d = 0; d < each.length; d++) {
        Tensor part = directions.get(d).parts().get(i);
        each[d] = ops.reshape(part, 1, part.extent(0), part.extent(1));
      }
      parts.add(each.length == 1 ? each[0] : ops.concatenate(0, each));
    }
    return new State(parts);
  }

  private void check(State state, int parts, int batch) {
    boolean fits = state.parts().size() == parts;
    for (Tensor part : state.parts()) {
      fits &= part.shape().rank() == 3 && part.extent(0) == cells.size() && part.extent(1) == batch;
    }
    fits &= state.hidden().extent(-1) == cells.get(0).hiddenSize();
    if (!fits) {
      throw new InvalidArgumentException(
          name,
          "an initial state of " + state.parts().stream().map(Tensor::shape).toList(),
          parts
              + " part(s) of "
              + Shape.of(cells.size(), batch, cells.get(0).hiddenSize())
              + ": directions, rows, hidden size",
          "Hand over the last state of a run of this layer over as many rows, or null");
    }
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
