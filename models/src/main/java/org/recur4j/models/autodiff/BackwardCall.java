package org.recur4j.models.autodiff;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.ops.Function;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * The backward call of one node. The first gradient of a tensor is written in place; those of later
 * uses are written to temporary tensors and added when the node is done.
 */
final class BackwardCall implements Function.Backward {
  private final Kernels kernels;
  private final Scope scope;
  private final Tape.Node node;
  private final IdentityHashMap<Tensor, Tensor> gradients;
  private final IdentityHashMap<Tensor, Boolean> tracked;
  private final List<Tensor> begun = new ArrayList<>(1);
  private final List<Pending> pending = new ArrayList<>(0);

  BackwardCall(
      Kernels kernels,
      Scope scope,
      Tape.Node node,
      IdentityHashMap<Tensor, Tensor> gradients,
      IdentityHashMap<Tensor, Boolean> tracked) {
    this.kernels = kernels;
    this.scope = scope;
    this.node = node;
    this.gradients = gradients;
    this.tracked = tracked;
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public Tensor input(int index) {
    return node.inputs()[index];
  }

  @Override
  public int inputs() {
    return node.inputs().length;
  }

  @Override
  public Tensor create(DataType dataType, Shape shape) {
    return scope.create(dataType, shape);
  }

  @Override
  public Tensor output(int index) {
    return node.outputs()[index];
  }

  @Override
  public Tensor outputGradient(int index) {
    return gradients.get(node.outputs()[index]);
  }

  @Override
  public boolean wants(int index) {
    Tensor input = node.inputs()[index];
    return input != null && tracked.containsKey(input);
  }

  @Override
  public Tensor overwrite(int index) {
    Tensor input = wantedInput(index);
    if (!gradients.containsKey(input)) {
      Tensor gradient = like(index);
      gradients.put(input, gradient);
      begun.add(input);
      return gradient;
    }
    Tensor aside = like(index);
    pending.add(new Pending(aside, input));
    return aside;
  }

  @Override
  public Tensor accumulate(int index) {
    Tensor input = wantedInput(index);
    Tensor gradient = gradients.get(input);
    if (gradient != null && !begunHere(input)) {
      return gradient;
    }
    Tensor zeros = like(index);
    kernels.fill(0, zeros);
    if (gradient == null) {
      gradients.put(input, zeros);
    } else {
      pending.add(new Pending(zeros, input));
    }
    return zeros;
  }

  /** Adds the gradients from temporary tensors. */
  void addPending() {
    for (Pending part : pending) {
      kernels.scaleAdd(1, part.aside(), 1, gradients.get(part.input()));
    }
  }

  private boolean begunHere(Tensor input) {
    for (Tensor other : begun) {
      if (other == input) {
        return true;
      }
    }
    return false;
  }

  private Tensor wantedInput(int index) {
    if (!wants(index)) {
      throw new InvalidArgumentException(
          "backward of " + node.function().name(),
          "a destination for input " + index + ", which needs no gradient",
          "an input for which wants(" + index + ") returns true",
          "Call wants before overwrite or accumulate");
    }
    return node.inputs()[index];
  }

  private record Pending(Tensor aside, Tensor input) {}
}
