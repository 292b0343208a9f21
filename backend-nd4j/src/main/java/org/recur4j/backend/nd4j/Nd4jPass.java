package org.recur4j.backend.nd4j;

import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.spi.CheckedPass;
import org.recur4j.api.tensor.Scope;

/** One caller's walk through a fused sequence. */
final class Nd4jPass extends CheckedPass {
  final FusedSequence sequence;

  Nd4jPass(Nd4jPlan plan, Scope scope, Extent max, Mode mode, FusedSequence sequence) {
    super(plan, scope, max, mode);
    this.sequence = sequence;
  }

  @Override
  public long workspaceBytes() {
    return sequence.space.bytes();
  }
}
