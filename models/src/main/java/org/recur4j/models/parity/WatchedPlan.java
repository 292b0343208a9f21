package org.recur4j.models.parity;

import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.PlanReport;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/** A plan that records its runs. Its passes are those of the inner plan. */
record WatchedPlan(RecurrentPlan inner, WatchedBackend watched) implements RecurrentPlan {
  @Override
  public RecurrentSpec spec() {
    return inner.spec();
  }

  @Override
  public Pass open(Scope scope, Extent max, Mode mode) {
    return inner.open(scope, max, mode);
  }

  @Override
  public void forward(Pass pass, RecurrentInput in, RecurrentOutput out) {
    inner.forward(pass, in, out);
    int steps = in.x().extent(0);
    int batch = in.x().extent(1);
    Lengths lengths = in.lengths() == null ? Lengths.full(steps, batch) : in.lengths();
    watched.ran(new PlanRun(this, pass, lengths));
  }

  @Override
  public void backward(
      Pass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    inner.backward(pass, dOut, dIn, sums);
    watched.differentiated(pass);
  }

  @Override
  public void read(Pass pass, Trace what, Tensor target) {
    inner.read(pass, what, target);
  }

  @Override
  public void refresh() {
    inner.refresh();
  }

  @Override
  public PlanReport report() {
    return inner.report();
  }

  @Override
  public void close() {
    inner.close();
  }
}
