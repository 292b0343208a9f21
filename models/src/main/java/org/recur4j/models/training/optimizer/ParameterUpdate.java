package org.recur4j.models.training.optimizer;

import java.util.Map;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Tensor;

/**
 * The update of one parameter in one step of an {@link Optimizer}. All tensors have the parameter's
 * floating type and stay on the device.
 *
 * @param ops operations without a tape; their results are released after the update of the
 *     parameter
 * @param step the number of the step, from 1
 * @param learningRate the learning rate η times the schedule's factor, one element
 * @param scale the clip factor by which the gradient is still to be multiplied, one element
 * @param gradient the gradient, of the parameter's shape; may be overwritten
 * @param slots the state of the parameter by the names that the optimizer declares, to be updated
 *     in place
 * @param value the value of the parameter, to be updated in place
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
   * Returns the backend's kernels, for an optimizer with a kernel of its own.
   *
   * @return the kernels of {@link #ops}
   */
  public Kernels kernels() {
    return ops.backend().kernels();
  }

  /**
   * Returns a slot of the parameter.
   *
   * @param name a name that {@link Optimizer#slots} declares
   * @return the tensor, of the parameter's shape
   * @throws InvalidArgumentException if the optimizer declares no such slot
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
   * Computes the clipped gradient.
   *
   * @return the gradient times the scale
   */
  public Tensor scaledGradient() {
    return ops.multiply(gradient, scale);
  }

  /**
   * Overwrites a slot.
   *
   * @param name a name that {@link Optimizer#slots} declares
   * @param result the new value, of the parameter's shape
   * @throws InvalidArgumentException if the optimizer declares no such slot
   */
  public void remember(String name, Tensor result) {
    kernels().copy(result, slot(name));
  }

  /**
   * Updates the parameter: value −= η · direction.
   *
   * @param direction the direction, of the parameter's shape
   */
  public void descend(Tensor direction) {
    kernels().copy(ops.subtract(value, ops.multiply(direction, learningRate)), value);
  }
}
