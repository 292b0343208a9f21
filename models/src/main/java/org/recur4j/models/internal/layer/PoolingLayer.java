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
 * The mean or the maximum over each row's steps, or its last step: {@code [T, B, F]} to {@code [B,
 * F]}.
 *
 * @param pooling MEAN, MAX or LAST_STEP
 * @param outputSize features, as they come in
 */
public record PoolingLayer(Pooling pooling, int outputSize) implements Layer {
  /** Checks that the pooling is one of the three. */
  public PoolingLayer {
    if (pooling == Pooling.LAST || pooling == Pooling.ATTENTION) {
      throw new InvalidArgumentException(
          "pooling layer",
          pooling.toString(),
          "MEAN, MAX or LAST_STEP",
          "Use AttentionPoolingLayer, or the recurrent layer's last state");
    }
  }

  @Override
  public String name() {
    return pooling == Pooling.LAST_STEP
        ? "last step"
        : pooling.name().toLowerCase(Locale.ROOT) + " over time";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public LayerOutput forward(LayerContext run, LayerOutput in) {
    Tensor x = in.values();
    Tensor y =
        switch (pooling) {
          case MEAN ->
              run.ops().call(TimeFunctions.MEAN, run.lengthTensor(), x, reciprocals(run, x));
          case MAX -> run.ops().call(TimeFunctions.MAXIMUM, run.lengthTensor(), x, floor(run, x));
          default -> run.ops().last(run.lengthTensor(), x);
        };
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
