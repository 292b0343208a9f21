package org.recur4j.api.decorate;

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
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/**
 * A plan that counts and times the calls of another plan. Its passes are those of the other plan.
 */
record TracedPlan(RecurrentPlan inner, CallLog log) implements RecurrentPlan {
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
    long start = System.nanoTime();
    inner.forward(pass, in, out);
    log.add("plan.forward", start);
  }

  @Override
  public void backward(
      Pass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    long start = System.nanoTime();
    inner.backward(pass, dOut, dIn, sums);
    log.add("plan.backward", start);
  }

  @Override
  public void read(Pass pass, Trace what, Tensor target) {
    inner.read(pass, what, target);
  }

  @Override
  public void refresh() {
    long start = System.nanoTime();
    inner.refresh();
    log.add("plan.refresh", start);
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
