package org.recur4j.backend.nd4j.sequence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Transfers;
import org.recur4j.api.portable.PortableRecurrence;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Verdict;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.api.spi.Workers;
import org.recur4j.backend.nd4j.natives.NativeMemory;

/**
 * Fused plans for the cells of {@link FusedCell}, and the portable plan for all others. Fused plans
 * own native memory; open plans are closed with the backend.
 */
public final class Nd4jRecurrence implements Recurrence {
  private static final Set<Precision> PRECISIONS = Set.of(Precision.FULL);

  private final Workers workers;
  private final NativeMemory memory;
  private final PortableRecurrence portable;
  private final Set<Nd4jPlan> open = new HashSet<>();

  /** Creates a recurrence whose fused plans use the given threads and memory. */
  public Nd4jRecurrence(
      Workers workers, NativeMemory memory, Kernels kernels, Transfers transfers) {
    this.workers = workers;
    this.memory = memory;
    this.portable = new PortableRecurrence(kernels, transfers);
  }

  @Override
  public Verdict assess(RecurrentSpec spec) {
    String obstacle = FusedCell.obstacle(spec, PRECISIONS);
    if (obstacle != null) {
      return Verdict.portable(obstacle);
    }
    return new Verdict(
        "nd4j", true, "fused: " + FusedCell.of(spec) + " has a whole-sequence plan on OpenBLAS");
  }

  @Override
  public RecurrentPlan plan(RecurrentSpec spec, RecurrentWeights weights, Fusion fusion) {
    Verdict verdict = fusion.decide(spec, assess(spec));
    if (!verdict.fused()) {
      return portable.plan(spec, weights, verdict);
    }
    Nd4jPlan plan = new Nd4jPlan(spec, weights, verdict, this, workers, memory);
    synchronized (open) {
      open.add(plan);
    }
    return plan;
  }

  void forget(Nd4jPlan plan) {
    synchronized (open) {
      open.remove(plan);
    }
  }

  /** Closes all open fused plans. */
  public void closePlans() {
    List<Nd4jPlan> left;
    synchronized (open) {
      left = new ArrayList<>(open);
    }
    left.forEach(Nd4jPlan::close);
  }
}
