package org.recur4j.models.seq2seq;

import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * The encoder's outputs, prepared for attention, batch-major.
 *
 * @param values encoder outputs, {@code [B, S, M]}
 * @param keys keys from which scores are computed, {@code [B, S, A]}
 * @param mask 1 for valid steps, else 0, {@code [B, 1, S]}
 */
record EncodedSource(Tensor values, Tensor keys, Tensor mask) {
  /** Selects, repeats or reorders rows; not recorded on a tape. */
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
