package org.recur4j.api.portable;

import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Transfers;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.PlanReport;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.recurrent.Verdict;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/** The plan over primitives. */
record PortablePlan(
    Kernels kernels,
    Transfers transfers,
    RecurrentSpec spec,
    RecurrentWeights weights,
    Verdict verdict)
    implements RecurrentPlan {
  @Override
  public Pass open(Scope scope, Extent max, Mode mode) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void forward(Pass pass, RecurrentInput in, RecurrentOutput out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void backward(
      Pass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void read(Pass pass, Trace what, Tensor target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void refresh() {}

  @Override
  public PlanReport report() {
    return new PlanReport(verdict, 0, -1);
  }

  @Override
  public void close() {}
}
