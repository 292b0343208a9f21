package org.recur4j.models.internal.layer;

import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.tensor.Tensor;

/**
 * A fully connected layer, activation(W x + b), over the last axis.
 *
 * @param weight W, {@code [O, I]}
 * @param bias b, {@code [O]}
 * @param activation activation function
 */
public record DenseLayer(Parameter weight, Parameter bias, Activation activation) implements Layer {
  @Override
  public String name() {
    String plain = "dense " + weight.value().extent(1) + "→" + outputSize();
    return activation.equals(Activation.IDENTITY) ? plain : plain + " " + activation;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }

  @Override
  public int outputSize() {
    return weight.value().extent(0);
  }

  @Override
  public LayerOutput forward(LayerContext run, LayerOutput in) {
    Tensor sums = run.ops().linear(in.values(), weight.value(), bias.value());
    boolean plain = activation.equals(Activation.IDENTITY);
    return new LayerOutput(plain ? sums : run.ops().activate(activation, sums), null);
  }
}
