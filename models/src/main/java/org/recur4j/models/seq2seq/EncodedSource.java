package org.recur4j.models.seq2seq;

import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * What the decoder looks back at, row by row.
 *
 * @param values the encoder's outputs, {@code [B, S, M]}
 * @param keys what scores are made of, {@code [B, S, A]}
 * @param mask 1 where a step is real, {@code [B, 1, S]}
 */
record EncodedSource(Tensor values, Tensor keys, Tensor mask) {
  /** Other rows in another order, each as often as it is named; outside any tape. */
  EncodedSource rows(Ops ops, int... rows) {
    Tensor index = ops.scope().create(DataType.INT32, Shape.of(rows.length));
    ops.backend().upload(rows, 0, index);
    return new EncodedSource(
        rows(ops, values, index), rows(ops, keys, index), rows(ops, mask, index));
  }

  private static Tensor rows(Ops ops, Tensor x, Tensor index) {
    Tensor y = ops.scope().create(x.dataType(), x.shape().with(0, index.size()));
    ops.backend().kernels().gather(x, 0, index, y);
    return y;
  }
}
