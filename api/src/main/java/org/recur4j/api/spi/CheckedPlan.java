package org.recur4j.api.spi;

import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.StaleWeightsException;
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

/**
 * A base class of plans that implements the contract of {@link RecurrentPlan}. Its entry points are
 * final: they check state and operands once and then call the method of the same name with the
 * prefix {@code do}. Such a method may rely on the following: the plan and the pass are open, the
 * pass belongs to this plan and its mode keeps what is needed, the weights are those that were
 * packed, and every operand is present or null as the contract allows, open, and of the right shape
 * and type. A call that is rejected changes nothing.
 *
 * <p>A subclass packs the weights in its constructor, so that {@link #doRefresh} is called only if
 * they have changed since. Forward and backward of this class allocate nothing.
 *
 * @param <P> the type of the plan's passes
 */
public abstract class CheckedPlan<P extends CheckedPass> implements RecurrentPlan {
  private static final RecurrentOutput NO_GRADIENTS = new RecurrentOutput(null, null);
  private static final RecurrentInput NOTHING_WANTED = new RecurrentInput(null, null, null, null);

  private final RecurrentSpec spec;
  private final RecurrentWeights weights;
  private final Verdict verdict;
  private final Object refreshing = new Object();
  private final Object closing = new Object();
  private volatile long packedVersion;
  private volatile boolean closed;

  /**
   * Checks the weights and records their version.
   *
   * @param spec the specification
   * @param weights the weights
   * @param verdict the engine that runs and the reason, for the report
   * @throws org.recur4j.api.error.ShapeException if the weights do not fit the specification
   * @throws InvalidArgumentException if a direction or a bias is missing or superfluous
   */
  protected CheckedPlan(RecurrentSpec spec, RecurrentWeights weights, Verdict verdict) {
    weights.checkAgainst(spec);
    this.spec = spec;
    this.weights = weights;
    this.verdict = verdict;
    this.packedVersion = weights.version();
  }

  /**
   * Creates a pass.
   *
   * @param scope the owner of its tensors
   * @param max the largest batch that the pass can run
   * @param mode the mode, which determines what the pass keeps
   * @return a pass of this plan
   */
  protected abstract P doOpen(Scope scope, Extent max, Mode mode);

  /**
   * Runs the sequence.
   *
   * @param pass an open pass of this plan; its {@link CheckedPass#steps} and {@link
   *     CheckedPass#batch} are those of x
   * @param in x, lengths or null for full rows, initial state or null for zeros, hidden mask if the
   *     specification has one
   * @param out y and last state, each null if not wanted; a state is complete
   */
  protected abstract void doForward(P pass, RecurrentInput in, RecurrentOutput out);

  /**
   * Computes the gradients of the last forward of a pass.
   *
   * @param pass a pass whose forward is done, in a mode that keeps what backward needs
   * @param dOut never null; its parts, and the parts of its state, are null where they are zero
   * @param dIn never null; its parts, and the parts of its state, are null where they are not
   *     wanted
   * @param sums complete, or null if no gradients of weights are wanted
   */
  protected abstract void doBackward(
      P pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums);

  /**
   * Copies values that a pass kept in tracing mode.
   *
   * @param pass a pass in mode TRACING whose forward is done and, for {@link
   *     Trace#STATE_GRADIENTS}, its backward too
   * @param what the quantity; {@link Trace#CELL_STATES} only for an LSTM
   * @param target the destination, overwritten; zero past a row's length
   */
  protected abstract void doRead(P pass, Trace what, Tensor target);

  /** Packs the weights again; called if they have changed since they were packed. */
  protected abstract void doRefresh();

  /** Frees the resources that the plan owns; called once. */
  protected void doClose() {}

  /**
   * Returns the memory of the packed weights.
   *
   * @return the size in bytes
   */
  protected abstract long packedBytes();

  /**
   * Returns the number of native calls of one forward, as {@link PlanReport#callsPerForward} counts
   * them.
   *
   * @return the number; −1 if it grows with T
   */
  protected abstract int callsPerForward();

  /**
   * Returns the weights that the plan was made for.
   *
   * @return tensors that fit the specification
   */
  protected final RecurrentWeights weights() {
    return weights;
  }

  @Override
  public final RecurrentSpec spec() {
    return spec;
  }

  @Override
  public final Pass open(Scope scope, Extent max, Mode mode) {
    requireOpen("open");
    requirePresent("open", "scope", scope);
    requirePresent("open", "extent", max);
    requirePresent("open", "mode", mode);
    return doOpen(scope, max, mode);
  }

  @Override
  public final void forward(Pass pass, RecurrentInput in, RecurrentOutput out) {
    P own = own("forward", pass);
    Operands.checkWeights("forward", weights);
    Operands.checkForward(spec, pass, in, out);
    long current = weights.version();
    if (current != packedVersion) {
      throw stale("forward", "the plan was made or refreshed", "Call refresh() after each update");
    }
    own.begin(in, out, current);
    doForward(own, in, out);
    own.endForward();
  }

  @Override
  public final void backward(
      Pass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    P own = own("backward", pass);
    requireRun("backward", own, own.mode().keepsForBackward(), "TRAINING or TRACING");
    if (weights.version() != own.version()) {
      throw stale("backward", "the forward being differentiated", "Update weights after backward");
    }
    Operands.checkWeights("backward", weights);
    own.requireOperands();
    Operands.checkBackward(spec, own.steps(), own.batch(), dOut, dIn, sums);
    own.beginBackward();
    doBackward(own, dOut == null ? NO_GRADIENTS : dOut, dIn == null ? NOTHING_WANTED : dIn, sums);
    own.endBackward();
  }

  @Override
  public final void read(Pass pass, Trace what, Tensor target) {
    requirePresent("read", "trace", what);
    String operation = "read " + what;
    P own = own(operation, pass);
    requireRun(operation, own, own.mode() == Mode.TRACING, "TRACING");
    if (what == Trace.CELL_STATES && !spec.hasCellState()) {
      throw new InvalidArgumentException(
          operation, "a plan of " + spec.cell(), "one of LSTM", "Only LSTMs have cell states");
    }
    if (what == Trace.STATE_GRADIENTS && !own.isBackwardDone()) {
      throw new InvalidArgumentException(
          operation,
          "a pass that has not run backward",
          "a pass in mode TRACING after its backward",
          "Run backward first");
    }
    Operands.checkRead(spec, own.steps(), own.batch(), what, target);
    doRead(own, what, target);
  }

  @Override
  public final void refresh() {
    requireOpen("refresh");
    Operands.checkWeights("refresh", weights);
    synchronized (refreshing) {
      long current = weights.version();
      if (current != packedVersion) {
        doRefresh();
        packedVersion = current;
      }
    }
  }

  @Override
  public final PlanReport report() {
    return new PlanReport(verdict, packedBytes(), callsPerForward());
  }

  @Override
  public final void close() {
    synchronized (closing) {
      if (closed) {
        return;
      }
      closed = true;
    }
    doClose();
  }

  private P own(String operation, Pass pass) {
    requireOpen(operation);
    if (!(pass instanceof CheckedPass own) || own.plan() != this) {
      throw new InvalidArgumentException(
          operation,
          pass == null ? "no pass" : "a pass of another plan",
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
    // A pass that refers to this plan was made by its doOpen and is therefore a P.
    @SuppressWarnings("unchecked")
    P mine = (P) own;
    return mine;
  }

  private static void requirePresent(String operation, String name, Object argument) {
    if (argument == null) {
      throw new InvalidArgumentException(
          operation, "no " + name, "one", "Give every argument that RecurrentPlan describes");
    }
  }

  private void requireOpen(String operation) {
    if (closed) {
      throw new ClosedException(
          operation, "a closed plan", "an open one", "Keep the plan open while its passes run");
    }
  }

  private static void requireRun(String operation, CheckedPass pass, boolean kept, String modes) {
    if (!kept || !pass.isForwardDone()) {
      throw new InvalidArgumentException(
          operation,
          "a pass in mode "
              + pass.mode()
              + (pass.isForwardDone() ? "" : " that has not run forward"),
          "a pass in mode " + modes + " after its forward",
          "Open the pass in that mode and run forward first");
    }
  }

  private static StaleWeightsException stale(String operation, String since, String remedy) {
    return new StaleWeightsException(
        operation, "weights written since " + since, "the weights unchanged", remedy);
  }
}
