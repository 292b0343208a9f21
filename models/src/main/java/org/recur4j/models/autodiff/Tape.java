package org.recur4j.models.autodiff;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.ops.Function;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/**
 * Operations that are recorded: reverse-mode differentiation. Only what depends on something
 * watched is recorded; everything else costs what it costs without a tape. A tape serves one
 * forward and one backward until it is {@linkplain #clear cleared}, on one thread; its tensors live
 * in the scope it was given.
 *
 * <p>Tensors are told apart by identity, because views share storage but not gradients.
 */
public final class Tape implements Ops {
  private final EagerOps eager;
  private final List<Node> nodes = new ArrayList<>();
  private final IdentityHashMap<Tensor, Tensor> gradients = new IdentityHashMap<>();
  private final IdentityHashMap<Tensor, Boolean> tracked = new IdentityHashMap<>();
  private final Gradients sums;
  private boolean spent;

  /**
   * An empty tape.
   *
   * @param backend where the mathematics runs
   * @param scope owns results and gradients
   */
  public Tape(Backend backend, Scope scope) {
    this.eager = new EagerOps(backend, scope);
    this.sums = null;
  }

  /**
   * A tape that watches parameters.
   *
   * @param backend where the mathematics runs
   * @param scope owns results and gradients of results
   * @param sums where the parameters' gradients are added
   */
  public Tape(Backend backend, Scope scope, Gradients sums) {
    this.eager = new EagerOps(backend, scope);
    this.sums = sums;
    clear();
  }

  /**
   * Forgets everything but the parameters: a new tape, without making one. What was recorded may be
   * gone already, because its scope was reset.
   */
  public void clear() {
    nodes.clear();
    tracked.clear();
    gradients.clear();
    spent = false;
    if (sums != null) {
      List<Parameter> parameters = sums.parameters();
      for (int i = 0; i < parameters.size(); i++) {
        Tensor value = parameters.get(i).value();
        tracked.put(value, true);
        gradients.put(value, sums.of(parameters.get(i)));
      }
    }
  }

  /**
   * Asks for the gradient of a tensor that is no result of this tape.
   *
   * @param input a floating tensor
   */
  public void watch(Tensor input) {
    if (!input.dataType().isFloating()) {
      throw new InvalidArgumentException(
          "watch", input.toString(), "a floating tensor", "Integers have no gradient");
    }
    tracked.put(input, true);
  }

  /**
   * The gradient of the loss with respect to a tensor, after {@link #backward}.
   *
   * @param tensor something watched, or a result that depends on it
   * @return null where the loss does not depend on it
   */
  public Tensor gradient(Tensor tensor) {
    return gradients.get(tensor);
  }

  /** What was recorded, in order. */
  List<Node> nodes() {
    return nodes;
  }

  @Override
  public Backend backend() {
    return eager.backend();
  }

  @Override
  public Scope scope() {
    return eager.scope();
  }

  @Override
  public Tensor[] apply(Function function, Tensor... inputs) {
    Tensor[] outputs = eager.apply(function, inputs);
    boolean needed = false;
    for (Tensor input : inputs) {
      needed |= wanted(input);
    }
    if (!needed) {
      return outputs;
    }
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = distinct(outputs[i], inputs);
      if (outputs[i] != null && outputs[i].dataType().isFloating()) {
        tracked.put(outputs[i], true);
      }
    }
    nodes.add(new Node(function, inputs.clone(), outputs.clone()));
    return outputs;
  }

  /**
   * Walks back from a loss and adds to the gradients of everything watched.
   *
   * @param loss one element, a result of this tape
   * @throws InvalidArgumentException if it has more than one element, depends on nothing watched,
   *     or the tape has walked back before
   */
  public void backward(Tensor loss) {
    if (loss.size() != 1 || !wanted(loss) || spent) {
      String got = spent ? "a second walk" : loss.size() != 1 ? loss.toString() : "a constant";
      throw new InvalidArgumentException(
          "backward",
          got,
          "one walk from a one-element result that depends on something watched",
          "Reduce the loss to one element, watch its parameters, and use a new tape for each step");
    }
    spent = true;
    Tensor seed = scope().create(loss.dataType(), loss.shape());
    backend().kernels().fill(1, seed);
    gradients.put(loss, seed);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (reached(node)) {
        BackwardCall call =
            new BackwardCall(backend().kernels(), scope(), node, gradients, tracked);
        node.function().backward(call);
        call.addPending();
      }
    }
  }

  private boolean reached(Node node) {
    for (Tensor output : node.outputs()) {
      if (output != null && gradients.containsKey(output)) {
        return true;
      }
    }
    return false;
  }

  private boolean wanted(Tensor tensor) {
    return tensor != null && tracked.containsKey(tensor);
  }

  /** An output that is its own input (a reshape to the same shape) needs a name of its own. */
  private static Tensor distinct(Tensor output, Tensor[] inputs) {
    for (Tensor input : inputs) {
      if (output != null && output == input) {
        return output.view(0, output.shape());
      }
    }
    return output;
  }

  record Node(Function function, Tensor[] inputs, Tensor[] outputs) {}
}
