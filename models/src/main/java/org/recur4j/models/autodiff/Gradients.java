package org.recur4j.models.autodiff;

import java.util.IdentityHashMap;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/**
 * One persistent gradient per parameter. Tapes add to the gradients until {@link #zero} is called,
 * so that the gradients of several small batches can be accumulated.
 */
public final class Gradients {
  private final Backend backend;
  private final List<Parameter> parameters;
  private final IdentityHashMap<Tensor, Tensor> byValue = new IdentityHashMap<>();

  /**
   * Creates gradients of zero.
   *
   * @param backend backend that holds the parameters
   * @param scope owner of the gradients
   * @param parameters trainable parameters
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
   * Returns the parameters.
   *
   * @return the parameters, in the given order
   */
  public List<Parameter> parameters() {
    return parameters;
  }

  /**
   * Returns the gradient of one parameter.
   *
   * @param parameter one of {@link #parameters}
   * @return a tensor of the type and shape of the parameter's value
   * @throws InvalidArgumentException if the parameter is not one of {@link #parameters}
   */
  public Tensor of(Parameter parameter) {
    Tensor gradient = byValue.get(parameter.value());
    if (gradient == null) {
      throw new InvalidArgumentException(
          "gradient of " + parameter.name(),
          "a parameter without a gradient",
          "one of " + parameters.stream().map(Parameter::name).toList(),
          "Pass it to the constructor of Gradients");
    }
    return gradient;
  }
}
