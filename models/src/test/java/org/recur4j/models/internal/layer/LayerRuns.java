package org.recur4j.models.internal.layer;

import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** What a layer needs to run without a network. */
public final class LayerRuns {
  private LayerRuns() {}

  /** A training pass over rows of these lengths; it lives as long as the mathematics' scope. */
  public static LayerContext of(Ops ops, Lengths lengths) {
    int[] values = new int[lengths.batch()];
    lengths.copyTo(values);
    Tensor tensor = ops.scope().create(DataType.INT32, Shape.of(values.length));
    ops.backend().upload(values, 0, tensor);
    Workspaces passes = new Workspaces(ops.scope().child("passes"));
    return new LayerContext(
        ops, lengths, tensor, Mode.TRAINING, 0, 0, passes, CarriedStates.none());
  }
}
