package org.recur4j.models.layer;

import java.util.IdentityHashMap;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.tensor.Scope;

/**
 * Workspaces of plans and of layers, opened when first needed and opened anew, larger, when a batch
 * outgrows them. One thread at a time; layers stay immutable.
 */
public final class Passes implements AutoCloseable {
  private final Scope scope;
  private final IdentityHashMap<RecurrentPlan, Entry> entries = new IdentityHashMap<>();
  private float[] floats = new float[0];

  /**
   * No workspaces yet.
   *
   * @param scope owns them; closed with this
   */
  public Passes(Scope scope) {
    this.scope = scope;
  }

  /**
   * A workspace that holds a batch.
   *
   * @param plan which plan
   * @param steps T
   * @param batch B
   * @param mode what it keeps
   * @return a pass of that plan and mode
   */
  public Pass of(RecurrentPlan plan, int steps, int batch, Mode mode) {
    Entry old = entries.get(plan);
    if (old != null && old.pass().mode() == mode && old.pass().max().holds(steps, batch)) {
      return old.pass();
    }
    int maximumSteps = steps;
    int maximumBatch = batch;
    if (old != null) {
      maximumSteps = Math.max(steps, old.pass().max().steps());
      maximumBatch = Math.max(batch, old.pass().max().batch());
      old.scope().close();
    }
    Scope own = scope.child("pass");
    Entry entry = new Entry(own, plan.open(own, new Extent(maximumSteps, maximumBatch), mode));
    entries.put(plan, entry);
    return entry.pass();
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
    entries.clear();
    scope.close();
  }

  private record Entry(Scope scope, Pass pass) {}
}
