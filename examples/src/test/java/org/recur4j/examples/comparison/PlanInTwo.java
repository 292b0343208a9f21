package org.recur4j.examples.comparison;

import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.PlanReport;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * One plan up to a time step, another from there on; of the direction FORWARD and batches with more
 * steps.
 *
 * @param before runs the first steps
 * @param after runs the others, with weights that are made from the first plan's
 * @param from the first step of the second plan
 * @param remake makes those weights again
 */
record PlanInTwo(RecurrentPlan before, RecurrentPlan after, int from, Runnable remake)
    implements RecurrentPlan {

  /** Where one plan hands over to the other. */
  private static final class Both implements Pass {
    private final PlanInTwo plan;
    private final Scope scope;
    private final Extent max;
    private final Pass before;
    private final Pass after;
    private RecurrentState middle;

    Both(PlanInTwo plan, Scope scope, Extent max, Mode mode) {
      this.plan = plan;
      this.scope = scope;
      this.max = max;
      this.before = plan.before.open(scope, max, mode);
      this.after = plan.after.open(scope, max, mode);
    }

    @Override
    public RecurrentPlan plan() {
      return plan;
    }

    @Override
    public Extent max() {
      return max;
    }

    @Override
    public Mode mode() {
      return before.mode();
    }

    @Override
    public long workspaceBytes() {
      return before.workspaceBytes() + after.workspaceBytes();
    }

    RecurrentState state(int batch) {
      RecurrentSpec spec = plan.spec();
      Shape shape = Shape.of(spec.directions(), batch, spec.hiddenSize());
      return new RecurrentState(
          scope.create(spec.dataType(), shape),
          spec.hasCellState() ? scope.create(spec.dataType(), shape) : null);
    }
  }

  @Override
  public RecurrentSpec spec() {
    return before.spec();
  }

  @Override
  public Pass open(Scope scope, Extent max, Mode mode) {
    return new Both(this, scope, max, mode);
  }

  @Override
  public void forward(Pass pass, RecurrentInput in, RecurrentOutput out) {
    Both both = (Both) pass;
    int steps = in.x().extent(0);
    both.middle = both.state(in.x().extent(1));
    before.forward(
        both.before,
        new RecurrentInput(in.x().rows(0, from), part(in, 0, from), in.initial(), in.hiddenMask()),
        new RecurrentOutput(out.y().rows(0, from), both.middle));
    after.forward(
        both.after,
        new RecurrentInput(
            in.x().rows(from, steps), part(in, from, steps), both.middle, in.hiddenMask()),
        new RecurrentOutput(out.y().rows(from, steps), out.last()));
  }

  private static Lengths part(RecurrentInput in, int first, int end) {
    int batch = in.x().extent(1);
    int[] lengths = new int[batch];
    for (int row = 0; row < batch; row++) {
      int all = in.lengths() == null ? in.x().extent(0) : in.lengths().get(row);
      lengths[row] = Math.max(0, Math.min(all, end) - first);
    }
    return Lengths.of(end - first, lengths);
  }

  @Override
  public void backward(
      Pass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    Both both = (Both) pass;
    int steps = from + rest(dOut, dIn);
    RecurrentState dMiddle = both.state(both.middle.hidden().extent(1));
    after.backward(
        both.after,
        new RecurrentOutput(rows(dOut.y(), from, steps), dOut.last()),
        new RecurrentInput(rows(dIn.x(), from, steps), null, dMiddle, null),
        sums);
    before.backward(
        both.before,
        new RecurrentOutput(rows(dOut.y(), 0, from), dMiddle),
        new RecurrentInput(rows(dIn.x(), 0, from), null, dIn.initial(), null),
        sums);
  }

  /** Steps of the second plan; either gradient tells. */
  private int rest(RecurrentOutput dOut, RecurrentInput dIn) {
    Tensor some = dOut.y() == null ? dIn.x() : dOut.y();
    return some == null ? 1 : some.extent(0) - from;
  }

  private static Tensor rows(Tensor all, int first, int end) {
    return all == null ? null : all.rows(first, end);
  }

  @Override
  public void read(Pass pass, Trace what, Tensor target) {
    Both both = (Both) pass;
    before.read(both.before, what, target.rows(0, from));
    after.read(both.after, what, target.rows(from, target.extent(0)));
  }

  @Override
  public void refresh() {
    remake.run();
    before.refresh();
    after.refresh();
  }

  @Override
  public PlanReport report() {
    return before.report();
  }

  @Override
  public void close() {
    before.close();
    after.close();
  }
}
