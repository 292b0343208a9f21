package org.recur4j.models.internal.layer;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.tensor.Scope;

/**
 * Workspaces of plans and layers, opened on first use and reopened with a larger size for a larger
 * batch. Must be used by one thread at a time; layers stay immutable.
 *
 * <p>If a backward pass will follow, every call of a plan gets a separate workspace until {@link
 * #begin}, so that one plan may run several times before the backward pass (a decoder run step by
 * step, a layer shared by two inputs). The next batch reuses the workspaces.
 */
public final class Workspaces implements AutoCloseable {
  private final Scope scope;
  private final IdentityHashMap<RecurrentPlan, Calls> calls = new IdentityHashMap<>();
  private final IdentityHashMap<Layer, TracedCall> traced = new IdentityHashMap<>();
  private float[] floats = new float[0];

  /**
   * Creates an object without workspaces.
   *
   * @param scope owner of the workspaces; closed with this object
   */
  public Workspaces(Scope scope) {
    this.scope = scope;
  }

  /** Begins a batch and makes the workspaces of the previous one available again. */
  public void begin() {
    traced.clear();
    calls.values().forEach(Calls::begin);
  }

  /**
   * Returns a workspace for a batch. In a mode that keeps values for backward, it is not returned
   * again until {@link #begin}; in inference, every call gets the same one.
   *
   * @param plan plan to run
   * @param steps T
   * @param batch B
   * @param mode execution mode
   * @return a pass of that plan and mode
   */
  public Pass of(RecurrentPlan plan, int steps, int batch, Mode mode) {
    return calls.computeIfAbsent(plan, any -> new Calls()).pass(plan, steps, batch, mode);
  }

  /** Records the call of a layer, for its traces. */
  public void note(Layer layer, TracedCall call) {
    traced.put(layer, call);
  }

  /** Returns the layer's last call since {@link #begin}; null if it did not run in mode TRACING. */
  public TracedCall traced(Layer layer) {
    return traced.get(layer);
  }

  /**
   * Returns a scratch array, valid until the next call of this method. Its content is undefined.
   *
   * @param size required number of elements
   * @return an array of at least that size
   */
  float[] floats(int size) {
    if (floats.length < size) {
      floats = new float[size];
    }
    return floats;
  }

  @Override
  public void close() {
    calls.clear();
    traced.clear();
    scope.close();
  }

  /** The calls of one plan within a batch, in order. */
  private final class Calls {
    private final List<Entry> entries = new ArrayList<>();
    private int taken;

    void begin() {
      taken = 0;
    }

    Pass pass(RecurrentPlan plan, int steps, int batch, Mode mode) {
      int call = mode == Mode.INFERENCE ? 0 : taken++;
      if (call == entries.size()) {
        entries.add(open(plan, new Extent(steps, batch), mode));
      }
      Pass pass = entries.get(call).pass();
      if (pass.mode() != mode || !pass.max().holds(steps, batch)) {
        entries.get(call).scope().close();
        Extent larger =
            new Extent(Math.max(steps, pass.max().steps()), Math.max(batch, pass.max().batch()));
        entries.set(call, open(plan, larger, mode));
      }
      return entries.get(call).pass();
    }

    private Entry open(RecurrentPlan plan, Extent max, Mode mode) {
      Scope own = scope.child("pass");
      return new Entry(own, plan.open(own, max, mode));
    }
  }

  private record Entry(Scope scope, Pass pass) {}
}
