package org.recur4j.models.seq2seq;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.internal.assembly.ParameterFactory;

/** An attention mechanism with its weights: scores, softmax over the valid steps, weighted mean. */
final class AttentionLayer {
  private final Attention attention;

  /** W of GENERAL, {@code [H, M]}, or U of ADDITIVE, {@code [A, M]}, with its bias. */
  private final Parameter keys;

  private final Parameter keysBias;

  /** W of ADDITIVE, {@code [A, H]}. */
  private final Parameter query;

  /** v of ADDITIVE, {@code [1, A]}. */
  private final Parameter score;

  /** Creates a layer; the hidden layer of ADDITIVE has as many units as the decoder's output. */
  AttentionLayer(Attention attention, ParameterFactory weights, int outputSize, int memorySize) {
    this.attention = attention;
    boolean additive = attention == Attention.ADDITIVE;
    boolean projected = additive || attention == Attention.GENERAL;
    keys = projected ? weights.dense("attention.keys.weight", outputSize, memorySize) : null;
    keysBias = additive ? weights.denseBias("attention.keys.bias", outputSize, memorySize) : null;
    query = additive ? weights.dense("attention.query.weight", outputSize, outputSize) : null;
    score = additive ? weights.dense("attention.score.weight", 1, outputSize) : null;
  }

  /** The context {@code [T, B, M]} and the attention weights {@code [B, T, S]}. */
  record Attended(Tensor context, Tensor weights) {}

  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>();
    for (Parameter parameter : new Parameter[] {keys, keysBias, query, score}) {
      if (parameter != null) {
        all.add(parameter);
      }
    }
    return all;
  }

  /** Transposes the encoder's outputs {@code [S, B, M]} to batch-major and computes their keys. */
  EncodedSource encode(Ops ops, Tensor outputs, Lengths lengths) {
    Tensor values = ops.transpose(outputs);
    Tensor prepared =
        keys == null
            ? values
            : ops.linear(values, keys.value(), keysBias == null ? null : keysBias.value());
    int steps = lengths.steps();
    float[] real = new float[lengths.batch() * steps];
    for (int row = 0; row < lengths.batch(); row++) {
      java.util.Arrays.fill(real, row * steps, row * steps + lengths.get(row), 1f);
    }
    Tensor mask = ops.scope().create(outputs.dataType(), Shape.of(lengths.batch(), 1, steps));
    ops.backend().upload(real, 0, mask);
    return new EncodedSource(values, prepared, mask);
  }

  /** Attends from every step of {@code states [T, B, H]}; for ADDITIVE, T must be 1. */
  Attended attend(Ops ops, Tensor states, EncodedSource memory) {
    Tensor scores =
        attention == Attention.ADDITIVE
            ? additive(ops, states, memory.keys())
            : ops.batchedMatmul(false, ops.transpose(states), true, memory.keys());
    Tensor weights = ops.softmax(scores, memory.mask());
    Tensor context = ops.batchedMatmul(false, weights, false, memory.values());
    return new Attended(ops.transpose(context), weights);
  }

  /** Returns vᵀ tanh(W s + U m_s), {@code [B, 1, S]}. */
  private Tensor additive(Ops ops, Tensor state, Tensor keyed) {
    int batch = keyed.extent(0);
    Tensor asked = ops.linear(state, query.value(), null);
    Tensor row = ops.reshape(asked, batch, 1, asked.extent(2));
    Tensor hidden = ops.tanh(ops.add(keyed, row));
    return ops.reshape(ops.linear(hidden, score.value(), null), batch, 1, keyed.extent(1));
  }
}
