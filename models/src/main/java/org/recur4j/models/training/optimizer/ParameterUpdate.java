package org.recur4j.models.training.optimizer;

import java.util.Map;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Tensor;

/**
 * One parameter in one step of an {@link Optimizer}. All tensors have the parameter's floating type
 * and stay on the device.
 *
 * @param ops mathematics without a tape; its results are gone when the parameter has moved
 * @param step number of the step, from 1
 * @param learningRate η times the schedule's factor, one element
 * @param scale what the gradient is still to be multiplied by, one element: the clip factor
 * @param gradient of the parameter's shape; may be overwritten
 * @param slots what is remembered of the parameter, by the names that the optimizer declared; an
 *     update writes them in place
 * @param value of the parameter, to be moved in place
 */
public record ParameterUpdate(
    Ops ops,
    long step,
    Tensor learningRate,
    Tensor scale,
    Tensor gradient,
    Map<String, Tensor> slots,
    Tensor value) {
  /**
   * The backend's kernels, for an optimizer that has one of its own.
   *
   * @return those of {@link #ops}
   */
  public Kernels kernels() {
    return ops.backend().kernels();
  }

  /**
   * What is remembered of the parameter.
   *
   * @param name one that {@link Optimizer#slots} declares
   * @return of the parameter's shape
   * @throws InvalidArgumentException if it declares no such slot
   */
  public Tensor slot(String name) {
    Tensor slot = slots.get(name);
    if (slot == null) {
      throw new InvalidArgumentException(
          "optimizer", "slot '" + name + "'", "one of " + slots.keySet(), "Declare it in slots()");
    }
    return slot;
  }

  /**
   * The clipped gradient.
   *
   * @return gradient times scale
   */
  public Tensor scaledGradient() {
    return ops.multiply(gradient, scale);
  }

  /**
   * Overwrites a slot.
   *
   * @param name one that {@link Optimizer#slots} declares
   * @param result of the parameter's shape
   * @throws InvalidArgumentException if it declares no such slot
   */
  public void remember(String name, Tensor result) {
    kernels().copy(result, slot(name));
  }

  /**
   * Moves the parameter: value −= η · direction.
   *
   * @param direction of the parameter's shape
   */
  public void descend(Tensor direction) {
    kernels().copy(ops.subtract(value, ops.multiply(direction, learningRate)), value);
  }
}
