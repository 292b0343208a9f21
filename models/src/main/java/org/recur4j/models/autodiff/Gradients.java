package org.recur4j.models.autodiff;

import java.util.IdentityHashMap;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/**
 * One persistent gradient a parameter. Tapes add to them; {@link #zero} starts anew, so that
 * several small batches can be accumulated.
 */
public final class Gradients {
  private final Backend backend;
  private final List<Parameter> parameters;
  private final IdentityHashMap<Tensor, Tensor> byValue = new IdentityHashMap<>();

  /**
   * Gradients of zero.
   *
   * @param backend where they live
   * @param scope owns them
   * @param parameters what training moves
   */
  public Gradients(Backend backend, Scope scope, List<Parameter> parameters) {
    this.backend = backend;
    this.parameters = List.copyOf(parameters);
    for (Parameter parameter : parameters) {
      Tensor value = parameter.value();
      byValue.put(value, scope.create(value.dataType(), value.shape()));
    }
    zero();
  }

  /** Sets every gradient to 0. */
  public void zero() {
    for (Parameter parameter : parameters) {
      backend.kernels().fill(0, of(parameter));
    }
  }

  /**
   * What they belong to.
   *
   * @return the parameters, in their order
   */
  public List<Parameter> parameters() {
    return parameters;
  }

  /**
   * The gradient of one parameter.
   *
   * @param parameter one of {@link #parameters}
   * @return same type and shape as its value
   * @throws InvalidArgumentException if it is none of them
   */
  public Tensor of(Parameter parameter) {
    Tensor gradient = byValue.get(parameter.value());
    if (gradient == null) {
      throw new InvalidArgumentException(
          "gradient of " + parameter.name(),
          "a parameter that was not handed over",
          "one of " + parameters.stream().map(Parameter::name).toList(),
          "Pass it to the constructor of Gradients");
    }
    return gradient;
  }
}
