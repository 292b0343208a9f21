package org.recur4j.api.portable;

import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.CellSteps.GateActivations;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.Tensor;

/** The forward computation of one direction: all input products at once, then step by step. */
final class ForwardSweep {
  private final Kernels kernels;
  private final RecurrentSpec spec;
  private final GateActivations activations;
  private final boolean resetAfter;

  ForwardSweep(Kernels kernels, RecurrentSpec spec) {
    this.kernels = kernels;
    this.spec = spec;
    this.activations = new GateActivations(spec.gateActivation(), spec.activation());
    this.resetAfter = spec.cell() == CellKind.GRU && spec.reset() == ResetVariant.AFTER_PRODUCT;
  }

  void run(PortablePass pass, int d, GateWeights w, RecurrentInput in, RecurrentOutput out) {
    Buffers b = pass.buffers(d);
    start(b.firstHidden, in.initial() == null ? null : in.initial().hidden(), d);
    if (spec.hasCellState()) {
      start(b.firstCell, in.initial() == null ? null : in.initial().cell(), d);
    }
    if (spec.hiddenMask()) {
      kernels.slice(in.hiddenMask(), 0, d, b.maskSlice);
    }
    if (pass.rearranges(d)) {
      toProcessingOrder(pass, d, in.x(), b.ordered.whole());
    }
    inputProducts(pass.orderedInput(d), b, w);
    for (int t = 0; t < pass.steps(); t++) {
      step(b, w, t);
      if (pass.ragged) {
        Tensor h = b.after.steps()[t];
        kernels.select(pass.lengths, t, h, b.before.steps()[t], h);
        if (spec.hasCellState()) {
          Tensor c = b.cellAfter.steps()[t];
          kernels.select(pass.lengths, t, c, b.cellBefore.steps()[t], c);
        }
      }
    }
    if (out.y() != null) {
      writeHalf(pass, d, b.after.whole(), out.y(), 2, d * spec.hiddenSize());
    }
    RecurrentState last = out.last();
    if (last != null) {
      kernels.insert(b.lastHidden, 0, 0, d, last.hidden());
      if (spec.hasCellState()) {
        kernels.insert(b.lastCell, 0, 0, d, last.cell());
      }
    }
  }

  private void start(Tensor first, Tensor initial, int d) {
    if (initial == null) {
      kernels.fill(0, first);
    } else {
      kernels.slice(initial, 0, d, first);
    }
  }

  /**
   * Converts between the caller's order and processing order; the conversion is its own inverse.
   */
  void toProcessingOrder(PortablePass pass, int d, Tensor source, Tensor target) {
    if (spec.direction().isReverse(d)) {
      kernels.reverse(pass.lengths, source, target);
    } else if (pass.ragged) {
      kernels.maskPast(pass.lengths, source, target);
    } else {
      kernels.copy(source, target);
    }
  }

  /** Writes a series in processing order to a target in the caller's order. */
  void writeHalf(PortablePass pass, int d, Tensor series, Tensor target, int axis, int from) {
    if (target.extent(axis) == spec.hiddenSize()) {
      toProcessingOrder(pass, d, series, target);
    } else {
      Tensor half = pass.buffers(d).half.whole();
      toProcessingOrder(pass, d, series, half);
      kernels.insert(half, 0, axis, from, target);
    }
  }

  /** Computes Z[g] = X·W_ih[g]ᵀ + b[g] for all steps at once. */
  private void inputProducts(Tensor x, Buffers b, GateWeights w) {
    int gates = spec.gates();
    for (int g = 0; g < gates; g++) {
      Tensor z = b.gates[g].flat();
      if (w.inputBias() != null) {
        kernels.copy(w.inputBias()[g], b.bias[g]);
        // b_hn of a GRU with reset after the product is added inside r·(…)
        if (w.hiddenBias() != null && !(resetAfter && g == 2)) {
          kernels.scaleAdd(1, w.hiddenBias()[g], 1, b.bias[g]);
        }
        kernels.copy(b.bias[g], z);
      }
      kernels.gemm(false, true, 1, x, w.input()[g], w.inputBias() == null ? 0 : 1, z);
    }
    if (resetAfter && w.hiddenBias() != null) {
      kernels.copy(w.hiddenBias()[2], b.hiddenCandidate.flat());
    }
  }

  private void step(Buffers b, GateWeights w, int t) {
    Tensor previous = b.before.steps()[t];
    Tensor recurrent = b.recurrentInput.steps()[t];
    if (spec.hiddenMask()) {
      kernels.binary(Binary.MULTIPLY, b.mask, previous, recurrent);
    }
    Tensor hidden = b.after.steps()[t];
    switch (spec.cell()) {
      case VANILLA -> {
        addHiddenProducts(b, w, t, recurrent, 1);
        kernels.activation(spec.activation(), b.gates[0].steps()[t], hidden);
      }
      case LSTM -> {
        addHiddenProducts(b, w, t, recurrent, 4);
        kernels.lstmStep(
            activations,
            b.lstmGates[t],
            b.cellBefore.steps()[t],
            b.cellAfter.steps()[t],
            b.cellActivated.steps()[t],
            hidden);
      }
      case GRU -> {
        addHiddenProducts(b, w, t, recurrent, 2);
        Tensor candidateWeights = w.hidden()[2];
        if (resetAfter) {
          Tensor hn = b.hiddenCandidate.steps()[t];
          int beta = w.hiddenBias() == null ? 0 : 1;
          kernels.gemm(false, true, 1, recurrent, candidateWeights, beta, hn);
          kernels.gruResetAfterStep(activations, b.gruGates[t], hn, previous, hidden);
        } else {
          Tensor resetHidden = b.resetHidden.steps()[t];
          kernels.gruReset(activations, b.gruGates[t].reset(), recurrent, resetHidden);
          kernels.gemm(false, true, 1, resetHidden, candidateWeights, 1, b.gruGates[t].candidate());
          kernels.gruOutput(activations, b.gruGates[t], previous, hidden);
        }
      }
    }
  }

  /** Computes Z_t[g] += h̃·W_hh[g]ᵀ for the first gates. */
  private void addHiddenProducts(Buffers b, GateWeights w, int t, Tensor recurrent, int gates) {
    for (int g = 0; g < gates; g++) {
      kernels.gemm(false, true, 1, recurrent, w.hidden()[g], 1, b.gates[g].steps()[t]);
    }
  }
}
