package org.recur4j.api.portable;

import org.recur4j.api.kernel.CellSteps.GruGates;
import org.recur4j.api.kernel.CellSteps.LstmGates;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * The memory of one direction of a pass: buffers that are created once for the largest extent, and
 * views that are created again only when T or B changes. Time runs in processing order: step 0 of
 * the reverse direction is each row's last valid step.
 */
final class Buffers {
  private final RecurrentSpec spec;
  private final Scope scope;
  private long bytes;

  private final Tensor orderedStore;
  private final Tensor[] gateStores;
  private final Tensor hiddenStore;
  private final Tensor cellStore;
  private final Tensor cellActivatedStore;
  private final Tensor hiddenCandidateStore;
  private final Tensor resetHiddenStore;
  private final Tensor maskedStore;
  private final Tensor maskStore;
  private final Tensor halfStore;
  private final Tensor[] gateGradientStores;
  private final Tensor hiddenCandidateGradientStore;
  private final Tensor outputGradientStore;
  private final Tensor stateGradientStore;
  private final Tensor inputGradientStore;
  private final Tensor[] carryStores;

  /** The sum of the biases of the input products, {@code [G·H]}, as one view per gate. */
  final Tensor[] bias;

  /** x in processing order, zero past each length. */
  Series ordered;

  /** The gates: pre-activations, then activated in place (except for the vanilla cell). */
  Series[] gates;

  /** h after each step; {@code before} are the states h′ before each step. */
  Series after;

  Series before;
  Tensor firstHidden;
  Tensor lastHidden;

  /** The same for c. */
  Series cellAfter;

  Series cellBefore;
  Tensor firstCell;
  Tensor lastCell;
  Series cellActivated;

  /**
   * hn, for a GRU with reset after the product; {@code resetHidden} is r · h̃, for one with reset
   * before.
   */
  Series hiddenCandidate;

  Series resetHidden;

  /** h̃ = mask · h′; the same as {@code before} if there is no mask. */
  Series recurrentInput;

  Tensor mask;
  Tensor maskSlice;

  /**
   * Scratch {@code [T, B, H]} for the conversion between the caller's halves and processing order.
   */
  Series half;

  Series[] gateGradients;
  Series hiddenCandidateGradient;
  Series outputGradient;
  Series stateGradient;
  Series inputGradient;

  /** ∂L/∂h of this and the next step, ∂L/∂c and a copy, ∂L/∂h̃, ∂L/∂(r·h̃): {@code [B, H]} each. */
  Tensor[] carry;

  /** The same tensors as {@code [1, B, H]}. */
  Tensor[] carrySlice;

  LstmGates[] lstmGates;
  GruGates[] gruGates;
  LstmGates[] lstmGateGradients;
  GruGates[] gruGateGradients;

  Buffers(RecurrentSpec spec, Scope scope, Extent max, Mode mode) {
    this.spec = spec;
    this.scope = scope;
    int h = spec.hiddenSize();
    int rows = Math.multiplyExact(max.steps(), max.batch());
    int state = Math.multiplyExact(rows, h);
    int states = Math.multiplyExact(max.steps() + 1, max.batch() * h);
    boolean lstm = spec.hasCellState();
    boolean gru = spec.cell() == CellKind.GRU;
    boolean resetAfter = gru && spec.reset() == ResetVariant.AFTER_PRODUCT;
    boolean backward = mode.keepsForBackward();
    orderedStore = buffer(Math.multiplyExact(rows, spec.inputSize()), true);
    gateStores = new Tensor[spec.gates()];
    gateGradientStores = new Tensor[spec.gates()];
    bias = new Tensor[spec.gates()];
    Tensor biases = buffer(spec.gates() * h, true);
    for (int g = 0; g < gateStores.length; g++) {
      gateStores[g] = buffer(state, true);
      gateGradientStores[g] = buffer(state, backward);
      bias[g] = biases.view(g * h, Shape.of(h));
    }
    hiddenStore = buffer(states, true);
    cellStore = buffer(states, lstm);
    cellActivatedStore = buffer(state, lstm);
    hiddenCandidateStore = buffer(state, resetAfter);
    resetHiddenStore = buffer(state, gru && !resetAfter);
    maskedStore = buffer(state, spec.hiddenMask());
    maskStore = buffer(max.batch() * h, spec.hiddenMask());
    halfStore = buffer(state, spec.directions() == 2 || mode == Mode.TRACING);
    hiddenCandidateGradientStore = buffer(state, backward && resetAfter);
    outputGradientStore = buffer(state, backward);
    stateGradientStore = buffer(state, mode == Mode.TRACING);
    inputGradientStore = buffer(Math.multiplyExact(rows, spec.inputSize()), backward);
    carryStores = new Tensor[6];
    for (int i = 0; i < carryStores.length; i++) {
      carryStores[i] = buffer(max.batch() * h, backward);
    }
  }

  long bytes() {
    return bytes;
  }

  private Tensor buffer(int size, boolean needed) {
    if (!needed) {
      return null;
    }
    bytes += (long) size * spec.dataType().bytes();
    return scope.create(spec.dataType(), Shape.of(size));
  }

  /** Creates the views for a given T and B. */
  void shape(int steps, int batch) {
    int h = spec.hiddenSize();
    ordered = Series.of(orderedStore, steps, batch, spec.inputSize());
    gates = each(gateStores, steps, batch);
    before = Series.of(hiddenStore, steps, batch, h);
    after = Series.of(hiddenStore, batch * h, steps, batch, h);
    Shape slice = Shape.of(1, batch, h);
    firstHidden = hiddenStore.view(0, slice);
    lastHidden = hiddenStore.view(steps * batch * h, slice);
    if (spec.hasCellState()) {
      cellBefore = Series.of(cellStore, steps, batch, h);
      cellAfter = Series.of(cellStore, batch * h, steps, batch, h);
      firstCell = cellStore.view(0, slice);
      lastCell = cellStore.view(steps * batch * h, slice);
      cellActivated = Series.of(cellActivatedStore, steps, batch, h);
    }
    hiddenCandidate = Series.of(hiddenCandidateStore, steps, batch, h);
    resetHidden = Series.of(resetHiddenStore, steps, batch, h);
    recurrentInput = spec.hiddenMask() ? Series.of(maskedStore, steps, batch, h) : before;
    if (spec.hiddenMask()) {
      mask = maskStore.view(0, Shape.of(batch, h));
      maskSlice = maskStore.view(0, slice);
    }
    half = Series.of(halfStore, steps, batch, h);
    lstmGates = lstm(gates, steps);
    gruGates = gru(gates, steps);
    if (outputGradientStore != null) {
      shapeGradients(steps, batch);
    }
  }

  private void shapeGradients(int steps, int batch) {
    int h = spec.hiddenSize();
    gateGradients = each(gateGradientStores, steps, batch);
    hiddenCandidateGradient = Series.of(hiddenCandidateGradientStore, steps, batch, h);
    outputGradient = Series.of(outputGradientStore, steps, batch, h);
    stateGradient = Series.of(stateGradientStore, steps, batch, h);
    inputGradient = Series.of(inputGradientStore, steps, batch, spec.inputSize());
    carry = new Tensor[carryStores.length];
    carrySlice = new Tensor[carryStores.length];
    for (int i = 0; i < carry.length; i++) {
      carry[i] = carryStores[i].view(0, Shape.of(batch, h));
      carrySlice[i] = carryStores[i].view(0, Shape.of(1, batch, h));
    }
    lstmGateGradients = lstm(gateGradients, steps);
    gruGateGradients = gru(gateGradients, steps);
  }

  private Series[] each(Tensor[] stores, int steps, int batch) {
    Series[] series = new Series[stores.length];
    for (int g = 0; g < series.length; g++) {
      series[g] = Series.of(stores[g], steps, batch, spec.hiddenSize());
    }
    return series;
  }

  private LstmGates[] lstm(Series[] series, int steps) {
    if (spec.cell() != CellKind.LSTM) {
      return null;
    }
    LstmGates[] views = new LstmGates[steps];
    for (int t = 0; t < steps; t++) {
      views[t] =
          new LstmGates(
              series[0].steps()[t],
              series[1].steps()[t],
              series[2].steps()[t],
              series[3].steps()[t]);
    }
    return views;
  }

  private GruGates[] gru(Series[] series, int steps) {
    if (spec.cell() != CellKind.GRU) {
      return null;
    }
    GruGates[] views = new GruGates[steps];
    for (int t = 0; t < steps; t++) {
      views[t] = new GruGates(series[0].steps()[t], series[1].steps()[t], series[2].steps()[t]);
    }
    return views;
  }
}
