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
 * Operations that are recorded for reverse-mode differentiation. Only operations that depend on a
 * watched tensor are recorded; all others cost no more than without a tape. A tape serves one
 * forward and one backward pass until it is {@linkplain #clear cleared}, on one thread. Its tensors
 * belong to the scope that it was created with.
 *
 * <p>Tensors are identified by reference, because views share storage but not gradients.
 */
public final class Tape implements Ops {
  private final EagerOps eager;
  private final List<Node> nodes = new ArrayList<>();
  private final IdentityHashMap<Tensor, Tensor> gradients = new IdentityHashMap<>();
  private final IdentityHashMap<Tensor, Boolean> tracked = new IdentityHashMap<>();
  private final Gradients sums;
  private boolean spent;

  /**
   * Creates an empty tape.
   *
   * @param backend backend to compute with
   * @param scope owner of results and gradients
   */
  public Tape(Backend backend, Scope scope) {
    this.eager = new EagerOps(backend, scope);
    this.sums = null;
  }

  /**
   * Creates a tape that watches parameters.
   *
   * @param backend backend to compute with
   * @param scope owner of results and their gradients
   * @param sums gradients of the parameters, to which this tape adds
   */
  public Tape(Backend backend, Scope scope, Gradients sums) {
    this.eager = new EagerOps(backend, scope);
    this.sums = sums;
    clear();
  }

  /**
   * Clears the tape, so that it watches the parameters only. The recorded tensors need not exist
   * any more; their scope may have been reset.
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
   * Watches a tensor that is not a result of this tape, so that its gradient is computed.
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
   * Returns the gradient of the loss with respect to a tensor, after {@link #backward}.
   *
   * @param tensor a watched tensor, or a result that depends on one
   * @return the gradient; null if the loss does not depend on the tensor
   */
  public Tensor gradient(Tensor tensor) {
    return gradients.get(tensor);
  }

  /** Returns the recorded operations, in order. */
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
   * Computes the gradients of a loss and adds them to those of all watched tensors.
   *
   * @param loss a result of this tape with one element
   * @throws InvalidArgumentException if the loss has more than one element or depends on no watched
   *     tensor, or if backward was called before
   */
  public void backward(Tensor loss) {
    if (loss.size() != 1 || !wanted(loss) || spent) {
      String got =
          spent ? "a second backward pass" : loss.size() != 1 ? loss.toString() : "a constant";
      throw new InvalidArgumentException(
          "backward",
          got,
          "one backward pass from a one-element result that depends on a watched tensor",
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

  /**
   * Returns a view if an output is its own input (a reshape to the same shape), because gradients
   * are keyed by tensor.
   */
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
