package org.recur4j.models.internal.layer;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.State;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * Two scopes used in turn by decoding steps: a step reads the states of the previous step, which
 * belong to the other scope. Results of earlier steps are released.
 */
public final class AlternatingScopes implements AutoCloseable {
  private final Backend backend;
  private final Scope[] scopes;
  private int turn;

  /**
   * Creates two empty scopes.
   *
   * @param backend backend to compute with
   * @param parent parent of both scopes
   */
  public AlternatingScopes(Backend backend, Scope parent) {
    this.backend = backend;
    this.scopes = new Scope[] {parent.child("even step"), parent.child("odd step")};
  }

  /**
   * Begins a step and releases the results of the step before the previous one.
   *
   * @return operations without gradients, whose results are valid until the step after the next one
   *     begins
   */
  public EagerOps next() {
    turn = 1 - turn;
    scopes[turn].reset();
    return new EagerOps(backend, scopes[turn]);
  }

  /**
   * Selects, repeats or reorders the rows of states.
   *
   * @param ops operations whose scope owns the result
   * @param states states with parts {@code [D, B, H]}
   * @param rows row indices, at least one; null for the states as they are
   * @return states with parts {@code [D, rows, H]}
   */
  public static List<State> rows(EagerOps ops, List<State> states, int[] rows) {
    if (rows == null) {
      return states;
    }
    Tensor index = ops.scope().create(DataType.INT32, Shape.of(rows.length));
    ops.backend().upload(rows, 0, index);
    List<State> chosen = new ArrayList<>();
    for (State state : states) {
      List<Tensor> parts = new ArrayList<>();
      for (Tensor part : state.parts()) {
        Tensor some = ops.scope().create(part.dataType(), part.shape().with(1, rows.length));
        ops.backend().kernels().gather(part, 1, index, some);
        parts.add(some);
      }
      chosen.add(new State(parts));
    }
    return chosen;
  }

  @Override
  public void close() {
    scopes[0].close();
    scopes[1].close();
  }
}
