package org.recur4j.backend.cuda.sequence;

import java.util.ArrayList;
import java.util.Iterator;
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
import org.recur4j.api.spi.CheckedPlan;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.driver.Device;

/** A fused plan with packed biases. */
final class CudaPlan extends CheckedPlan<CudaPass> {
  private final Device device;
  private final SequenceKernels kernels;
  private final SequenceSteps steps;
  private final PlanWeights weights;

  /**
   * The passes, whose graphs are not tensors and outlive scopes; they are freed when a pass is
   * opened later or the plan is closed.
   */
  private final List<CudaPass> passes = new ArrayList<>();

  CudaPlan(
      RecurrentSpec spec,
      RecurrentWeights weights,
      Verdict verdict,
      Device device,
      SequenceKernels kernels,
      SequenceSteps steps) {
    super(spec, weights, verdict);
    this.device = device;
    this.kernels = kernels;
    this.steps = steps;
    this.weights = new PlanWeights(spec, weights, device, kernels);
  }

  @Override
  protected CudaPass doOpen(Scope scope, Extent max, Mode mode) {
    CudaPass pass = new CudaPass(this, device, kernels, steps, scope, max, mode);
    synchronized (passes) {
      for (Iterator<CudaPass> each = passes.iterator(); each.hasNext(); ) {
        CudaPass known = each.next();
        if (!known.isOpen()) {
          known.close();
          each.remove();
        }
      }
      passes.add(pass);
    }
    return pass;
  }

  @Override
  protected void doForward(CudaPass pass, RecurrentInput in, RecurrentOutput out) {
    pass.forward(in, out, weights);
  }

  @Override
  protected void doBackward(
      CudaPass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    pass.backward(dOut, dIn, sums, weights);
  }

  @Override
  protected void doRead(CudaPass pass, Trace what, Tensor target) {
    pass.read(what, target);
  }

  @Override
  protected void doRefresh() {
    weights.pack();
  }

  @Override
  protected void doClose() {
    synchronized (passes) {
      passes.forEach(CudaPass::close);
      passes.clear();
    }
    weights.close();
  }

  @Override
  protected long packedBytes() {
    return weights.bytes();
  }

  @Override
  protected int callsPerForward() {
    return -1;
  }
}
