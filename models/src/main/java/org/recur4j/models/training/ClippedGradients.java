package org.recur4j.models.training;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.training.optimizer.Clipping;

/** Measures gradients and holds them small, on the device. */
final class ClippedGradients {
  private final Kernels kernels;
  private final Clipping clipping;
  private final Gradients gradients;
  private final List<Tensor> scales = new ArrayList<>();
  private final List<Tensor> squaredSums = new ArrayList<>();
  private final Tensor least;
  private final Tensor largest;

  ClippedGradients(Backend backend, Scope owner, Clipping clipping, Gradients gradients) {
    this.kernels = backend.kernels();
    this.clipping = clipping;
    this.gradients = gradients;
    DataType type = gradients.parameters().get(0).value().dataType();
    boolean each = clipping instanceof Clipping.ByParameterNorm;
    Tensor common = constant(owner, type, 1);
    for (int i = 0; i < gradients.parameters().size(); i++) {
      scales.add(each ? constant(owner, type, 1) : common);
      squaredSums.add(each ? constant(owner, type, 0) : null);
    }
    double limit = clipping instanceof Clipping.ByValue value ? value.limit() : 0;
    this.least = constant(owner, type, -limit);
    this.largest = constant(owner, type, limit);
  }

  private Tensor constant(Scope owner, DataType type, double value) {
    Tensor constant = owner.create(type, Shape.of(1));
    kernels.fill(value, constant);
    return constant;
  }

  /**
   * Adds Σ g² to a one-element sum. It is not finite where an element is not, so that nobody has to
   * look for such elements as well.
   */
  void measure(Tensor squaredSum) {
    List<Parameter> parameters = gradients.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Tensor gradient = gradients.of(parameters.get(i));
      kernels.addSquaredSum(gradient, squaredSum);
      if (squaredSums.get(i) != null) {
        kernels.fill(0, squaredSums.get(i));
        kernels.addSquaredSum(gradient, squaredSums.get(i));
      }
    }
  }

  /**
   * Clips what was measured.
   *
   * @return for each parameter the scale its gradient must still be multiplied by
   */
  List<Tensor> clip(Tensor squaredSum) {
    if (clipping instanceof Clipping.ByGlobalNorm global) {
      kernels.clipFactor(squaredSum, global.maximum(), scales.get(0));
    } else if (clipping instanceof Clipping.ByParameterNorm each) {
      for (int i = 0; i < scales.size(); i++) {
        kernels.clipFactor(squaredSums.get(i), each.maximum(), scales.get(i));
      }
    } else if (clipping instanceof Clipping.ByValue) {
      for (Parameter parameter : gradients.parameters()) {
        Tensor gradient = gradients.of(parameter);
        kernels.binary(Binary.MINIMUM, gradient, largest, gradient);
        kernels.binary(Binary.MAXIMUM, gradient, least, gradient);
      }
    }
    return scales;
  }
}
