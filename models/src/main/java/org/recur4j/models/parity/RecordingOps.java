package org.recur4j.models.parity;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.ops.Function;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.autodiff.Tape;

/**
 * A tape that also records the order of operations and their layers. An operation is attributed to
 * the layer whose weights it reads or, if it reads none, to the layer of the most recent operation
 * that did; this is correct for every model.
 */
final class RecordingOps implements Ops {
  /** PyTorch's layer number, for example in {@code weight_ih_l0_reverse}. */
  private static final Pattern NUMBERED = Pattern.compile("_l(\\d+)(_reverse)?$");

  private final Tape tape;
  private final WatchedBackend watched;
  private final IdentityHashMap<Tensor, Parameter> unused = new IdentityHashMap<>();
  private final IdentityHashMap<Tensor, Parameter> parameters = new IdentityHashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<PlanChoice> choices = new ArrayList<>();
  private final IdentityHashMap<RecurrentPlan, Boolean> seen = new IdentityHashMap<>();
  private String layer = "input";

  RecordingOps(Tape tape, WatchedBackend watched, List<Parameter> parameters) {
    this.tape = tape;
    this.watched = watched;
    parameters.forEach(parameter -> this.parameters.put(parameter.value(), parameter));
    unused.putAll(this.parameters);
  }

  /**
   * One operation.
   *
   * @param layer name of its layer
   * @param operation name of the operation
   * @param parameters weights that no earlier operation reads
   * @param outputs floating outputs that do not share storage with an input; null in place of
   *     others
   * @param runs plans that it ran
   */
  record Node(
      String layer,
      String operation,
      List<Parameter> parameters,
      List<Tensor> outputs,
      List<PlanRun> runs) {}

  /** Returns the operations in the order of computation. */
  List<Node> nodes() {
    return nodes;
  }

  /** Returns one element per plan that ran, in the order of first runs. */
  List<PlanChoice> choices() {
    return List.copyOf(choices);
  }

  @Override
  public Backend backend() {
    return tape.backend();
  }

  @Override
  public Scope scope() {
    return tape.scope();
  }

  @Override
  public Tensor[] apply(Function function, Tensor... inputs) {
    Tensor[] outputs = tape.apply(function, inputs);
    List<Parameter> fresh = new ArrayList<>();
    boolean first = true;
    for (Tensor input : inputs) {
      Parameter parameter = input == null ? null : parameters.get(input);
      if (parameter != null && first) {
        layer = layer(parameter.name());
        first = false;
      }
      if (parameter != null && unused.remove(input) != null) {
        fresh.add(parameter);
      }
    }
    List<Tensor> own = new ArrayList<>();
    for (Tensor output : outputs) {
      own.add(isOwn(output, inputs) ? output : null);
    }
    List<PlanRun> runs = watched.newRuns();
    runs.forEach(this::choose);
    nodes.add(new Node(layer, function.name(), fresh, own, runs));
    return outputs;
  }

  /** Returns whether an output is floating and is not a view of an input. */
  private static boolean isOwn(Tensor output, Tensor... inputs) {
    boolean own = output != null && output.dataType().isFloating();
    for (Tensor input : inputs) {
      own &= input == null || output == null || !output.sharesStorageWith(input);
    }
    return own;
  }

  private void choose(PlanRun run) {
    if (seen.put(run.plan(), true) == null) {
      RecurrentSpec spec = run.spec();
      String recurrence =
          spec.direction() + " " + spec.cell() + " " + spec.inputSize() + "→" + spec.hiddenSize();
      choices.add(new PlanChoice(layer, recurrence, run.plan().report()));
    }
  }

  /**
   * Returns the layer of a parameter: {@code "rnn layer 0"} for {@code "rnn.weight_ih_l0_reverse"}.
   */
  static String layer(String parameter) {
    int dot = parameter.lastIndexOf('.');
    String owner = dot < 0 ? parameter : parameter.substring(0, dot);
    Matcher number = NUMBERED.matcher(parameter);
    return number.find() ? owner + " layer " + number.group(1) : owner;
  }
}
