package org.recur4j.api.spi;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.recurrent.Verdict;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/** A plan that computes nothing and notes what reached it. */
final class IdlePlan extends CheckedPlan<IdlePlan.IdlePass> {
  final List<String> calls = new ArrayList<>();

  /** Thrown by the next call that reaches the plan. */
  private RuntimeException failure;

  IdlePlan(RecurrentSpec spec, RecurrentWeights weights) {
    super(spec, weights, new Verdict("idle", true, "fused: does nothing"));
  }

  void failOnce(RuntimeException thrown) {
    failure = thrown;
  }

  private void reached(String call) {
    calls.add(call);
    RuntimeException thrown = failure;
    failure = null;
    if (thrown != null) {
      throw thrown;
    }
  }

  @Override
  protected IdlePass doOpen(Scope scope, Extent max, Mode mode) {
    reached("open");
    return new IdlePass(this, scope, max, mode);
  }

  @Override
  protected void doForward(IdlePass pass, RecurrentInput in, RecurrentOutput out) {
    reached("forward " + pass.steps() + "x" + pass.batch());
  }

  @Override
  protected void doBackward(
      IdlePass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    reached("backward " + (dOut.y() == null) + " " + (dIn.x() == null));
  }

  @Override
  protected void doRead(IdlePass pass, Trace what, Tensor target) {
    reached("read " + what);
  }

  @Override
  protected void doRefresh() {
    reached("refresh");
  }

  @Override
  protected void doClose() {
    reached("close");
  }

  @Override
  protected long packedBytes() {
    return 12;
  }

  @Override
  protected int callsPerForward() {
    return 3;
  }

  static final class IdlePass extends CheckedPass {
    IdlePass(IdlePlan plan, Scope scope, Extent max, Mode mode) {
      super(plan, scope, max, mode);
    }

    @Override
    public long workspaceBytes() {
      return 0;
    }
  }
}
