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
 * Workspaces of plans and of layers, opened when first needed and opened anew, larger, when a batch
 * outgrows them. One thread at a time; layers stay immutable.
 *
 * <p>Where backward will follow, every call of a plan gets a workspace of its own until {@link
 * #begin}, so that one plan may run several times (a decoder step by step, a layer that two inputs
 * share) before the walk back. The next batch finds the same workspaces again.
 */
public final class Workspaces implements AutoCloseable {
  private final Scope scope;
  private final IdentityHashMap<RecurrentPlan, Calls> calls = new IdentityHashMap<>();
  private final IdentityHashMap<Layer, TracedCall> traced = new IdentityHashMap<>();
  private float[] floats = new float[0];

  /**
   * No workspaces yet.
   *
   * @param scope owns them; closed with this
   */
  public Workspaces(Scope scope) {
    this.scope = scope;
  }

  /** Begins a batch: the walk back of the one before is done, its workspaces are free again. */
  public void begin() {
    traced.clear();
    calls.values().forEach(Calls::begin);
  }

  /**
   * A workspace that holds a batch: in a mode that keeps for backward nobody else's until {@link
   * #begin}, in inference the same one for every call.
   *
   * @param plan which plan
   * @param steps T
   * @param batch B
   * @param mode what it keeps
   * @return a pass of that plan and mode
   */
  public Pass of(RecurrentPlan plan, int steps, int batch, Mode mode) {
    return calls.computeIfAbsent(plan, any -> new Calls()).pass(plan, steps, batch, mode);
  }

  /** Notes what a layer did, for the traces of that layer. */
  public void note(Layer layer, TracedCall call) {
    traced.put(layer, call);
  }

  /** The layer's last call since {@link #begin}; null if it did not run in mode TRACING. */
  public TracedCall traced(Layer layer) {
    return traced.get(layer);
  }

  /**
   * An array to compute in until the next call of this method; what it holds is left over.
   *
   * @param size elements that are needed
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

  /** The calls of one plan within a batch, in their order. */
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
