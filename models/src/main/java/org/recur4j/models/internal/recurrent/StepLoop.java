package org.recur4j.models.internal.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.State;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.internal.layer.TimeFunctions;

/**
 * Runs any cell over a batch step by step: slower than a plan, but applicable to every cell and
 * differentiable.
 *
 * @param ops operations to compute with
 * @param cell cell to run
 * @param lengths lengths of the rows, INT32 {@code [B]}
 * @param reverse whether each row is read from its last step to its first
 * @param hiddenMask mask on h′ before the recurrent weights, {@code [B, H]}; null for none
 */
record StepLoop(Ops ops, Cell cell, Tensor lengths, boolean reverse, Tensor hiddenMask) {
  /** Runs from {@code [T, B, I]} to {@code [T, B, H]}; parts of states are {@code [B, H]}. */
  ScanOutput run(Tensor x, State initial) {
    return run(x, initial, hidden -> {});
  }

  /** Runs and passes every h_t to an observer, so that its gradient includes all later steps. */
  ScanOutput run(Tensor x, State initial, Consumer<Tensor> observer) {
    // Values past a length are undefined and are set to zero, because gradients of products read
    // them.
    Tensor in = reverse ? ops.reverse(lengths, x) : ops.call(TimeFunctions.MASK_PAST, lengths, x);
    int batch = x.extent(1);
    State state = initial;
    Tensor[] outputs = new Tensor[x.extent(0)];
    for (int t = 0; t < outputs.length; t++) {
      Tensor now = ops.reshape(ops.slice(in, 0, t, t + 1), batch, x.extent(2));
      State next =
          hiddenMask == null
              ? cell.step(ops, now, state)
              : cell.maskedStep(ops, now, state, hiddenMask);
      observer.accept(next.hidden());
      outputs[t] =
          ops.reshape(ops.select(lengths, t, next.hidden(), null), 1, batch, cell.hiddenSize());
      state = frozen(t, next, state);
    }
    Tensor y = ops.concatenate(0, outputs);
    return new ScanOutput(reverse ? ops.reverse(lengths, y) : y, state);
  }

  /** Keeps the previous state of rows whose length is reached. */
  private State frozen(int t, State next, State previous) {
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < next.parts().size(); i++) {
      parts.add(ops.select(lengths, t, next.parts().get(i), previous.parts().get(i)));
    }
    return new State(parts);
  }
}
