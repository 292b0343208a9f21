package org.recur4j.models.internal.layer;

import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.layer.LayerNormalizationFunction;

/**
 * Layer normalization: each step's features are normalized to mean 0 and variance 1, then scaled
 * and shifted by learned vectors (Ba, Kiros, Hinton 2016). Steps past a row's length stay exactly
 * 0.
 *
 * @param gain g, {@code [F]}
 * @param bias b, {@code [F]}
 * @param epsilon ε, added to the variance
 */
public record LayerNormalizationLayer(Parameter gain, Parameter bias, double epsilon)
    implements Layer {
  @Override
  public String name() {
    return "layer normalization";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(gain, bias);
  }

  @Override
  public int outputSize() {
    return gain.value().size();
  }

  @Override
  public LayerOutput forward(LayerContext run, LayerOutput in) {
    boolean padded = in.values().shape().rank() == 3 && !run.lengths().isFull();
    Tensor x = padded ? masked(run, in.values()) : in.values();
    Tensor y =
        run.ops().call(new LayerNormalizationFunction(epsilon), x, gain.value(), bias.value());
    return new LayerOutput(padded ? masked(run, y) : y, null);
  }

  private static Tensor masked(LayerContext run, Tensor x) {
    return run.ops().call(TimeFunctions.MASK_PAST, run.lengthTensor(), x);
  }
}
