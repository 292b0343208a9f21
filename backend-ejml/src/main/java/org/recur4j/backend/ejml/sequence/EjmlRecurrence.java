package org.recur4j.backend.ejml.sequence;

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
import org.recur4j.backend.ejml.engine.FloatEngine;

/** Runs fused plans for FLOAT32 with the usual activations, and the portable plan otherwise. */
public final class EjmlRecurrence implements Recurrence {
  /** All precisions, because the engine reports which of them it lacks and why. */
  private static final Set<Precision> PRECISIONS = Set.of(Precision.values());

  private final Workers workers;
  private final FloatEngine engine;
  private final PortableRecurrence portable;

  public EjmlRecurrence(Workers workers, FloatEngine engine, Kernels kernels, Transfers transfers) {
    this.workers = workers;
    this.engine = engine;
    this.portable = new PortableRecurrence(kernels, transfers);
  }

  @Override
  public Verdict assess(RecurrentSpec spec) {
    String obstacle = FusedCell.obstacle(spec, PRECISIONS);
    if (obstacle == null) {
      obstacle = engine.obstacle(spec.precision());
    }
    if (obstacle != null) {
      return Verdict.portable(obstacle);
    }
    return new Verdict(
        "ejml",
        true,
        "fused: " + FusedCell.of(spec) + " has whole-sequence kernels" + storage(spec.precision()));
  }

  private static String storage(Precision precision) {
    return switch (precision) {
      case FULL -> "";
      case INT8 -> ", weights in 8 bits with one scale per row, inference only";
      case BF16, TF32 -> ", weights in " + precision + ", inference only";
    };
  }

  @Override
  public RecurrentPlan plan(RecurrentSpec spec, RecurrentWeights weights, Fusion fusion) {
    Verdict verdict = fusion.decide(spec, assess(spec));
    return verdict.fused()
        ? new EjmlPlan(spec, weights, verdict, workers, engine)
        : portable.plan(spec, weights, verdict);
  }
}
