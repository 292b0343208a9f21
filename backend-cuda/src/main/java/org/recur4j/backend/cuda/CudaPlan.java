package org.recur4j.backend.cuda;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.error.StaleWeightsException;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Operands;
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
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** A fused plan: checks at the door, packed biases, and passes that do the work. */
final class CudaPlan implements RecurrentPlan {
  private final RecurrentSpec spec;
  private final Verdict verdict;
  private final Device device;
  private final SequenceKernels kernels;
  private final SequenceSteps steps;
  private final PlanWeights weights;

  /** Their graphs are no tensors and outlive scopes: they go when the plan looks or closes. */
  private final List<CudaPass> passes = new ArrayList<>();

  private volatile boolean closed;

  CudaPlan(
      RecurrentSpec spec,
      RecurrentWeights weights,
      Verdict verdict,
      Device device,
      SequenceKernels kernels,
      SequenceSteps steps) {
    weights.checkAgainst(spec);
    this.spec = spec;
    this.verdict = verdict;
    this.device = device;
    this.kernels = kernels;
    this.steps = steps;
    this.weights = new PlanWeights(spec, weights, device, kernels);
  }

  @Override
  public RecurrentSpec spec() {
    return spec;
  }

  @Override
  public Pass open(Scope scope, Extent max, Mode mode) {
    requireOpen("open");
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
  public void forward(Pass pass, RecurrentInput in, RecurrentOutput out) {
    CudaPass own = own("forward", pass);
    Operands.check(spec, pass, in, out);
    if (!weights.isCurrent()) {
      throw stale("forward", "the plan was made or refreshed", "Call refresh() after each update");
    }
    own.forward(in, out, weights);
  }

  @Override
  public void backward(
      Pass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    CudaPass own = own("backward", pass);
    requireRun("backward", own, own.mode().keepsForBackward(), "TRAINING or TRACING");
    if (!weights.isCurrent() || weights.version() != own.forwardVersion()) {
      throw stale("backward", "the forward being differentiated", "Update weights after backward");
    }
    Operands.checkGradients(spec, own.steps(), own.batch(), dOut, dIn, sums);
    own.backward(dOut, dIn, sums, weights);
  }

  @Override
  public void read(Pass pass, Trace what, Tensor target) {
    CudaPass own = own("read", pass);
    requireRun("read " + what, own, own.mode() == Mode.TRACING, "TRACING");
    if (what == Trace.CELL_STATES && !spec.hasCellState()) {
      throw new InvalidArgumentException(
          "read CELL_STATES", "a " + spec.cell(), "an LSTM", "Only LSTMs have cell states");
    }
    if (what == Trace.STATE_GRADIENTS && !own.isBackwardDone()) {
      throw new InvalidArgumentException(
          "read STATE_GRADIENTS", "a pass before its backward", "one after", "Run backward first");
    }
    int width = (what == Trace.GATES ? spec.gates() : 1) * spec.hiddenSize();
    Shape shape = Shape.of(own.steps(), own.batch(), spec.directions(), width);
    if (!target.shape().equals(shape) || target.dataType() != spec.dataType()) {
      throw new ShapeException(
          "read " + what,
          target.dataType() + " " + target.shape(),
          spec.dataType() + " " + shape,
          "Create the target for the last forward's steps and batch");
    }
    own.read(what, target);
  }

  @Override
  public void refresh() {
    requireOpen("refresh");
    weights.refresh();
  }

  @Override
  public PlanReport report() {
    return new PlanReport(verdict, weights.bytes(), -1);
  }

  @Override
  public void close() {
    synchronized (passes) {
      if (closed) {
        return;
      }
      closed = true;
      passes.forEach(CudaPass::close);
      passes.clear();
    }
    weights.close();
  }

  private CudaPass own(String operation, Pass pass) {
    requireOpen(operation);
    if (!(pass instanceof CudaPass own) || pass.plan() != this) {
      throw new InvalidArgumentException(
          operation,
          "a pass of another plan",
          "a pass that this plan opened",
          "Open a pass with this plan's open()");
    }
    if (!own.isOpen()) {
      throw new ClosedException(
          operation,
          "a pass whose scope was closed or reset",
          "a pass of an open scope",
          "Open the pass in a scope that lives as long as it is used");
    }
    return own;
  }

  private void requireOpen(String operation) {
    if (closed) {
      throw new ClosedException(
          operation, "a closed plan", "an open one", "Keep the plan open while its passes run");
    }
  }

  private static void requireRun(String operation, CudaPass pass, boolean kept, String modes) {
    if (!kept || !pass.isForwardDone()) {
      throw new InvalidArgumentException(
          operation,
          kept ? "a pass that has not run forward" : "a pass in mode " + pass.mode(),
          "a pass in mode " + modes + " after its forward",
          "Open the pass in that mode and run it");
    }
  }

  private static StaleWeightsException stale(String operation, String since, String remedy) {
    return new StaleWeightsException(
        operation, "weights written since " + since, "the weights unchanged", remedy);
  }
}
