package org.recur4j.models.internal.layer;

import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.layer.CustomLayer;

/**
 * A layer of the user's own, whose input is 0 past the lengths.
 *
 * @param given its name
 * @param layer what runs
 * @param parameters under their names in the model file
 * @param inputSize F
 */
public record CustomLayerAdapter(
    String given, CustomLayer layer, List<Parameter> parameters, int inputSize) implements Layer {
  @Override
  public String name() {
    return given + " " + inputSize + "→" + outputSize();
  }

  @Override
  public int outputSize() {
    return layer.outputSize(inputSize);
  }

  @Override
  public LayerOutput forward(LayerContext run, LayerOutput in) {

    boolean padded = in.values().shape().rank() == 3 && !run.lengths().isFull();
    Tensor x =
        padded
            ? run.ops().call(TimeFunctions.MASK_PAST, run.lengthTensor(), in.values())
            : in.values();
    Tensor y = layer.forward(run.ops(), run.lengths(), run.lengthTensor(), x);
    Shape wanted = x.shape().with(x.shape().rank() - 1, outputSize());
    if (!y.shape().equals(wanted)) {
      throw new ShapeException(
          "layer '" + given + "'",
          "an output of shape " + y.shape(),
          wanted.toString(),
          "Correct its methods forward and outputSize");
    }
    return new LayerOutput(y, null);
  }
}
