package org.recur4j.backend.cuda.sequence;

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
import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.product.MatrixProducts;

/** Fused plans for the cells of {@link FusedCell}, and the portable plan for all others. */
public final class CudaRecurrence implements Recurrence {
  private static final Set<Precision> PRECISIONS = Set.of(Precision.FULL, Precision.TF32);

  private final Device device;
  private final MatrixProducts products;
  private final SequenceKernels kernels;

  /** Null on devices without tensor cores for TF32. */
  private final SequenceKernels roundingKernels;

  private final SequenceSteps steps;
  private final PortableRecurrence portable;

  /** Creates a recurrence whose fused plans run on a device. */
  public CudaRecurrence(
      Device device, MatrixProducts products, Kernels primitives, Transfers transfers) {
    this.device = device;
    this.products = products;
    this.kernels = new SequenceKernels(device, products, false);
    this.roundingKernels =
        hasTensorCores(device) ? new SequenceKernels(device, products, true) : null;
    this.steps = new SequenceSteps(device, products.tiling());
    this.portable = new PortableRecurrence(primitives, transfers);
  }

  private static boolean hasTensorCores(Device device) {
    return device.facts().major() >= 8;
  }

  @Override
  public Verdict assess(RecurrentSpec spec) {
    boolean rounding = spec.precision() == Precision.TF32;
    String obstacle = FusedCell.obstacle(spec, PRECISIONS);
    if (obstacle == null && rounding && roundingKernels == null) {
      obstacle = "precision TF32 needs a device of compute capability 8.0";
    }
    if (obstacle != null) {
      return Verdict.portable(obstacle);
    }
    return new Verdict(
        "cuda",
        true,
        "fused: a step of "
            + FusedCell.of(spec)
            + " is one kernel including its product"
            + (products.hasCublas() ? "; products over all steps by cuBLAS" : "")
            + (rounding ? "; products over all steps in TF32, those of a step in full" : ""));
  }

  @Override
  public RecurrentPlan plan(RecurrentSpec spec, RecurrentWeights weights, Fusion fusion) {
    Verdict verdict = fusion.decide(spec, assess(spec));
    return verdict.fused()
        ? new CudaPlan(spec, weights, verdict, device, kernelsFor(spec), steps)
        : portable.plan(spec, weights, verdict);
  }

  private SequenceKernels kernelsFor(RecurrentSpec spec) {
    return spec.precision() == Precision.TF32 ? roundingKernels : kernels;
  }
}
