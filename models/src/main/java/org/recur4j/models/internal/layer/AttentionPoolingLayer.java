package org.recur4j.models.internal.layer;

import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * Attention pooling of a sequence (Yang et al. 2016, equations 5–7): u_t = tanh(W h_t + b), α =
 * softmax over a row's steps of v · u_t, result Σ α_t h_t.
 *
 * @param weight W, {@code [A, F]}
 * @param bias b, {@code [A]}
 * @param vector v, {@code [1, A]}
 */
public record AttentionPoolingLayer(Parameter weight, Parameter bias, Parameter vector)
    implements Layer {
  @Override
  public String name() {
    return "attention over time, " + weight.value().extent(0) + " units";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias, vector);
  }

  @Override
  public int outputSize() {
    return weight.value().extent(1);
  }

  @Override
  public LayerOutput forward(LayerContext run, LayerOutput in) {
    Ops ops = run.ops();
    int steps = in.values().extent(0);
    int batch = in.values().extent(1);
    boolean full = run.lengths().isFull();
    Tensor h =
        full ? in.values() : ops.call(TimeFunctions.MASK_PAST, run.lengthTensor(), in.values());
    Tensor u = ops.tanh(ops.linear(h, weight.value(), bias.value()));
    Tensor scores = ops.reshape(ops.linear(u, vector.value(), null), steps, batch);
    Tensor shares = ops.softmax(ops.transpose(scores), full ? null : mask(run, h));
    Tensor sum =
        ops.batchedMatmul(false, ops.reshape(shares, batch, 1, steps), false, ops.transpose(h));
    return new LayerOutput(ops.reshape(sum, batch, h.extent(2)), null);
  }

  /** Returns {@code [B, T]} with 1 within the lengths and 0 past them. */
  private static Tensor mask(LayerContext run, Tensor h) {
    int steps = h.extent(0);
    int size = steps * h.extent(1);
    float[] values = run.passes().floats(size);
    for (int i = 0; i < size; i++) {
      values[i] = i % steps < run.lengths().get(i / steps) ? 1 : 0;
    }
    Tensor tensor = run.ops().scope().create(h.dataType(), Shape.of(h.extent(1), steps));
    run.ops().backend().upload(values, 0, tensor);
    return tensor;
  }
}
