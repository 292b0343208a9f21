package org.recur4j.models.internal.layer;

import java.util.List;
import java.util.Locale;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.Pooling;

/**
 * The mean or the maximum over each row's steps, from {@code [T, B, F]} to {@code [B, F]}.
 *
 * @param pooling MEAN or MAX
 * @param outputSize number of features, of input and output
 */
public record PoolingLayer(Pooling pooling, int outputSize) implements Layer {
  /** Validates that the pooling is MEAN or MAX. */
  public PoolingLayer {
    if (pooling != Pooling.MEAN && pooling != Pooling.MAX) {
      throw new InvalidArgumentException(
          "pooling layer",
          pooling.toString(),
          "MEAN or MAX",
          "Use AttentionPoolingLayer, or the recurrent layer's last state");
    }
  }

  @Override
  public String name() {
    return pooling.name().toLowerCase(Locale.ROOT) + " over time";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public LayerOutput forward(LayerContext run, LayerOutput in) {
    Tensor x = in.values();
    Tensor y =
        pooling == Pooling.MEAN
            ? run.ops().call(TimeFunctions.MEAN, run.lengthTensor(), x, reciprocals(run, x))
            : run.ops().call(TimeFunctions.MAXIMUM, run.lengthTensor(), x, floor(run, x));
    return new LayerOutput(y, null);
  }

  private static Tensor reciprocals(LayerContext run, Tensor x) {
    double[] values = new double[x.extent(1)];
    for (int row = 0; row < values.length; row++) {
      values[row] = 1.0 / Math.max(1, run.lengths().get(row));
    }
    Tensor tensor = run.ops().scope().create(x.dataType(), Shape.of(values.length, 1));
    run.ops().backend().upload(values, 0, tensor);
    return tensor;
  }

  private static Tensor floor(LayerContext run, Tensor x) {
    Lengths lengths = run.lengths();
    int batch = x.extent(1);
    int size = x.extent(0) * batch;
    float[] values = run.passes().floats(size);
    for (int i = 0; i < size; i++) {
      values[i] = i / batch < lengths.get(i % batch) ? 0 : Float.NEGATIVE_INFINITY;
    }
    Tensor tensor = run.ops().scope().create(x.dataType(), Shape.of(x.extent(0), batch, 1));
    run.ops().backend().upload(values, 0, tensor);
    return tensor;
  }
}
