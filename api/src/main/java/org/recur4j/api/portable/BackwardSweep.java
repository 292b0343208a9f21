package org.recur4j.api.portable;

import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.CellSteps.GateActivations;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.Tensor;

/** The backward computation of one direction: step by step, then the sequence-wide products. */
final class BackwardSweep {
  private static final int CELL = 2;
  private static final int CELL_COPY = 3;
  private static final int MASKED = 4;
  private static final int RESET_HIDDEN = 5;

  private final Kernels kernels;
  private final RecurrentSpec spec;
  private final ForwardSweep forward;
  private final GateActivations activations;
  private final boolean resetAfter;
  private final boolean resetBefore;

  BackwardSweep(Kernels kernels, RecurrentSpec spec, ForwardSweep forward) {
    this.kernels = kernels;
    this.spec = spec;
    this.forward = forward;
    this.activations = new GateActivations(spec.gateActivation(), spec.activation());
    boolean gru = spec.cell() == CellKind.GRU;
    this.resetAfter = gru && spec.reset() == ResetVariant.AFTER_PRODUCT;
    this.resetBefore = gru && !resetAfter;
  }

  void run(
      PortablePass pass,
      int d,
      GateWeights w,
      RecurrentOutput dOut,
      RecurrentInput dIn,
      DirectionWeights sums) {
    Buffers b = pass.buffers(d);
    Tensor dy = dOut.y();
    if (dy != null) {
      takeOutputGradient(pass, d, dy);
    }
    RecurrentState dLast = dOut.last();
    start(b.carrySlice[0], dLast == null ? null : dLast.hidden(), d);
    if (spec.hasCellState()) {
      start(b.carrySlice[CELL], dLast == null ? null : dLast.cell(), d);
    }
    int now = 0;
    for (int t = pass.steps() - 1; t >= 0; t--) {
      Tensor dHidden = b.carry[now];
      if (dy != null) {
        kernels.binary(Binary.ADD, dHidden, b.outputGradient.steps()[t], dHidden);
      }
      if (b.stateGradient != null) {
        kernels.copy(dHidden, b.stateGradient.steps()[t]);
      }
      if (pass.ragged && spec.hasCellState()) {
        kernels.copy(b.carry[CELL], b.carry[CELL_COPY]);
      }
      now = 1 - now;
      step(b, w, t, dHidden, b.carry[now]);
      if (pass.ragged) {
        freeze(pass, b, t, dHidden, b.carry[now]);
      }
    }
    RecurrentState dInitial = dIn.initial();
    if (dInitial != null && dInitial.hidden() != null) {
      kernels.insert(b.carrySlice[now], 0, 0, d, dInitial.hidden());
    }
    if (dInitial != null && dInitial.cell() != null) {
      kernels.insert(b.carrySlice[CELL], 0, 0, d, dInitial.cell());
    }
    if (sums != null) {
      addWeightGradients(b, pass.orderedInput(d), pass.gradients(d, sums));
    }
    if (dIn.x() != null) {
      inputGradient(pass, d, b, w, dIn.x());
    }
  }

  private void start(Tensor carry, Tensor given, int d) {
    if (given == null) {
      kernels.fill(0, carry);
    } else {
      kernels.slice(given, 0, d, carry);
    }
  }

  private void takeOutputGradient(PortablePass pass, int d, Tensor dy) {
    Buffers b = pass.buffers(d);
    Tensor source = dy;
    if (spec.directions() == 2) {
      kernels.slice(dy, 2, d * spec.hiddenSize(), b.half.whole());
      source = b.half.whole();
    }
    forward.toProcessingOrder(pass, d, source, b.outputGradient.whole());
  }

  /** Computes the gradients of the gates and ∂L/∂h′ from ∂L/∂h (and ∂L/∂c′ from ∂L/∂c). */
  private void step(Buffers b, GateWeights w, int t, Tensor dHidden, Tensor dPrevious) {
    boolean masked = spec.hiddenMask();
    Tensor dRecurrent = masked ? b.carry[MASKED] : dPrevious;
    Tensor previous = b.before.steps()[t];
    switch (spec.cell()) {
      case VANILLA -> {
        kernels.activationGradient(
            spec.activation(), b.after.steps()[t], dHidden, b.gateGradients[0].steps()[t]);
        hiddenProducts(b, w, t, 1, 0, dRecurrent);
      }
      case LSTM -> {
        kernels.lstmStepGradient(
            activations,
            b.lstmGates[t],
            b.cellBefore.steps()[t],
            b.cellActivated.steps()[t],
            dHidden,
            b.carry[CELL],
            b.lstmGateGradients[t]);
        hiddenProducts(b, w, t, 4, 0, dRecurrent);
      }
      case GRU -> {
        if (resetAfter) {
          Tensor dHn = b.hiddenCandidateGradient.steps()[t];
          kernels.gruResetAfterStepGradient(
              activations,
              b.gruGates[t],
              b.hiddenCandidate.steps()[t],
              previous,
              dHidden,
              b.gruGateGradients[t],
              dHn,
              dPrevious);
          // dPrevious already holds the direct part z·∂L/∂h; a masked part is summed separately
          kernels.gemm(false, false, 1, dHn, w.hidden()[2], masked ? 0 : 1, dRecurrent);
        } else {
          kernels.gruOutputGradient(
              activations, b.gruGates[t], previous, dHidden, b.gruGateGradients[t], dPrevious);
          Tensor dResetHidden = b.carry[RESET_HIDDEN];
          kernels.gemm(
              false, false, 1, b.gruGateGradients[t].candidate(), w.hidden()[2], 0, dResetHidden);
          if (masked) {
            kernels.fill(0, dRecurrent);
          }
          kernels.gruResetGradient(
              activations,
              b.gruGates[t].reset(),
              b.recurrentInput.steps()[t],
              dResetHidden,
              b.gruGateGradients[t].reset(),
              dRecurrent);
        }
        hiddenProducts(b, w, t, 2, 1, dRecurrent);
      }
    }
    if (masked && spec.cell() == CellKind.GRU) {
      kernels.addProduct(b.mask, dRecurrent, dPrevious);
    } else if (masked) {
      kernels.binary(Binary.MULTIPLY, b.mask, dRecurrent, dPrevious);
    }
  }

  /** Computes ∂L/∂h̃ = β ∂L/∂h̃ + Σ_g dZ_t[g]·W_hh[g] over the first gates. */
  private void hiddenProducts(
      Buffers b, GateWeights w, int t, int gates, double beta, Tensor dRecurrent) {
    for (int g = 0; g < gates; g++) {
      Tensor dz = b.gateGradients[g].steps()[t];
      kernels.gemm(false, false, 1, dz, w.hidden()[g], g == 0 ? beta : 1, dRecurrent);
    }
  }

  /** Passes the gradients of rows past their length through this step unchanged. */
  private void freeze(PortablePass pass, Buffers b, int t, Tensor dHidden, Tensor dPrevious) {
    kernels.select(pass.lengths, t, dPrevious, dHidden, dPrevious);
    if (spec.hasCellState()) {
      kernels.select(pass.lengths, t, b.carry[CELL], b.carry[CELL_COPY], b.carry[CELL]);
    }
    for (int g = 0; g < spec.gates(); g++) {
      Tensor dz = b.gateGradients[g].steps()[t];
      kernels.select(pass.lengths, t, dz, null, dz);
    }
    if (resetAfter) {
      Tensor dHn = b.hiddenCandidateGradient.steps()[t];
      kernels.select(pass.lengths, t, dHn, null, dHn);
    }
  }

  private void addWeightGradients(Buffers b, Tensor x, GateWeights sums) {
    for (int g = 0; g < spec.gates(); g++) {
      Tensor dz = b.gateGradients[g].flat();
      boolean candidate = g == 2;
      Tensor dHidden = resetAfter && candidate ? b.hiddenCandidateGradient.flat() : dz;
      Tensor operand = resetBefore && candidate ? b.resetHidden.flat() : b.recurrentInput.flat();
      kernels.gemm(true, false, 1, dz, x, 1, sums.input()[g]);
      kernels.gemm(true, false, 1, dHidden, operand, 1, sums.hidden()[g]);
      if (sums.inputBias() != null) {
        kernels.sumTo(dz, 1, sums.inputBias()[g]);
      }
      if (sums.hiddenBias() != null) {
        kernels.sumTo(dHidden, 1, sums.hiddenBias()[g]);
      }
    }
  }

  /** Computes dX = Σ_g dZ[g]·W_ih[g] in the caller's order; the second direction is added. */
  private void inputGradient(PortablePass pass, int d, Buffers b, GateWeights w, Tensor dx) {
    for (int g = 0; g < spec.gates(); g++) {
      kernels.gemm(
          false,
          false,
          1,
          b.gateGradients[g].flat(),
          w.input()[g],
          g == 0 ? 0 : 1,
          b.inputGradient.flat());
    }
    if (d == 0) {
      forward.toProcessingOrder(pass, d, b.inputGradient.whole(), dx);
    } else {
      forward.toProcessingOrder(pass, d, b.inputGradient.whole(), pass.extraInputGradient);
      kernels.scaleAdd(1, pass.extraInputGradient, 1, dx);
    }
  }
}
