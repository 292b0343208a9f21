package org.recur4j.models.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Fusable;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Verdict;
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

  /** Slot 0 is x's. */
  private static Tensor[] weights(List<Fusable> fusables) {
    List<Tensor> all = new ArrayList<>();
    all.add(null);
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
    return plan == null ? stepwise(run, in.values()) : planned(run, in.values());
  }

  private Flow planned(LayerRun run, Tensor x) {
    Ops ops = run.ops();
    int batch = x.extent(1);
    Pass pass = run.passes().of(plan, x.extent(0), batch, run.mode());
    Tensor[] inputs = planWeights.clone();
    inputs[0] = x;
    Tensor[] outputs = ops.apply(new RecurrentFunction(plan, pass, run.lengths()), inputs);
    Tensor last = cells.size() == 1 ? outputs[1] : ops.transpose(outputs[1]);
    return new Flow(outputs[0], ops.reshape(last, batch, outputSize()));
  }

  private Flow stepwise(LayerRun run, Tensor x) {
    Ops ops = run.ops();
    List<Flow> flows = new ArrayList<>();
    for (int d = 0; d < cells.size(); d++) {
      flows.add(StepLoop.run(ops, cells.get(d), run.lengthTensor(), x, direction.isReverse(d)));
    }
    if (flows.size() == 1) {
      return flows.get(0);
    }
    return new Flow(
        ops.concatenate(2, flows.get(0).values(), flows.get(1).values()),
        ops.concatenate(1, flows.get(0).last(), flows.get(1).last()));
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
