package org.recur4j.models.seq2seq;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.internal.layer.CarriedStates;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.Workspaces;

/**
 * A batch of index sequences, time-major, padded with −1.
 *
 * @param lengths lengths of the rows
 * @param indices {@code [T·B]}
 */
record TokenBatch(Lengths lengths, int[] indices) {
  static TokenBatch of(String side, List<int[]> sequences, int vocabulary) {
    int batch = sequences.size();
    int[] each = sequences.stream().mapToInt(sequence -> sequence.length).toArray();
    Lengths lengths = Lengths.of(Math.max(1, Arrays.stream(each).max().orElse(1)), each);
    int[] indices = new int[lengths.steps() * batch];
    Arrays.fill(indices, -1);
    for (int row = 0; row < batch; row++) {
      int[] sequence = sequences.get(row);
      check(side, sequence, vocabulary);
      for (int t = 0; t < sequence.length; t++) {
        indices[t * batch + row] = sequence[t];
      }
    }
    return new TokenBatch(lengths, indices);
  }

  /** Validates that all indices are within the vocabulary. */
  static void check(String side, int[] sequence, int vocabulary) {
    for (int t = 0; t < sequence.length; t++) {
      if (sequence[t] < 0 || sequence[t] >= vocabulary) {
        throw new InvalidArgumentException(
            "encoder–decoder",
            "index " + sequence[t] + " at position " + t + " of the " + side,
            "an index in [0, " + vocabulary + ")",
            "Encode it with the vocabulary that the model was built for");
      }
    }
  }

  /** Returns an INT32 tensor {@code [T, B]}. */
  Tensor upload(Ops ops) {
    Shape shape = Shape.of(lengths.steps(), lengths.batch());
    Tensor tensor = ops.scope().create(DataType.INT32, shape);
    ops.backend().upload(indices, 0, tensor);
    return tensor;
  }

  /** Returns the context of one pass through layers whose states are passed explicitly. */
  static LayerContext run(Ops ops, Lengths lengths, DropoutContext drawing, Workspaces passes) {
    int[] values = new int[lengths.batch()];
    lengths.copyTo(values);
    Tensor tensor = ops.scope().create(DataType.INT32, Shape.of(values.length));
    ops.backend().upload(values, 0, tensor);
    return new LayerContext(
        ops,
        lengths,
        tensor,
        drawing.mode(),
        drawing.seed(),
        drawing.step(),
        passes,
        CarriedStates.none());
  }
}
