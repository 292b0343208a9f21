package org.recur4j.backend.ejml.sequence;

import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.backend.ejml.engine.FloatEngine;
import org.recur4j.backend.ejml.engine.FloatPanel;

/**
 * The weights of one direction in the layouts that the products read, packed from PyTorch's layout:
 * weight_ih [G·H, I], weight_hh [G·H, H], biases [G·H] or null.
 */
final class PackedWeights {
  private final FloatEngine engine;
  private final FusedCell cell;
  private final int inputSize;
  private final int hiddenSize;
  private final FloatPanel input;
  private final FloatPanel hidden;
  private final FloatPanel candidate;
  private final float[] inputBias;
  private final float[] candidateBias;
  private FloatPanel inputBack;
  private FloatPanel hiddenBack;

  PackedWeights(
      FloatEngine engine, FusedCell cell, int inputSize, int hiddenSize, Precision precision) {
    this.engine = engine;
    this.cell = cell;
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    int gateRows = cell.gates() * hiddenSize;
    this.input = engine.panel(inputSize, gateRows, precision);
    this.inputBias = new float[gateRows];
    this.hidden = engine.panel(hiddenSize, cell.isGru() ? 2 * hiddenSize : gateRows, precision);
    this.candidate = engine.panel(hiddenSize, cell.isGru() ? hiddenSize : 0, precision);
    this.candidateBias = new float[cell.isGru() ? hiddenSize : 0];
  }

  /** Packs what forward needs; biases may be null. */
  void packForward(
      float[] weightIh,
      int ihOffset,
      float[] weightHh,
      int hhOffset,
      float[] biasIh,
      int biOffset,
      float[] biasHh,
      int bhOffset) {
    input.pack(weightIh, ihOffset, 1, inputSize);
    hidden.pack(weightHh, hhOffset, 1, hiddenSize);
    if (cell.isGru()) {
      candidate.pack(weightHh, hhOffset + 2 * hiddenSize * hiddenSize, 1, hiddenSize);
    }
    for (int j = 0; j < inputBias.length; j++) {
      // Reset after: the recurrent bias of the candidate is multiplied by r, so it stays with its
      // product.
      boolean apart = cell == FusedCell.GRU_RESET_AFTER && j >= 2 * hiddenSize;
      float recurrent = biasHh == null ? 0f : biasHh[bhOffset + j];
      inputBias[j] = (biasIh == null ? 0f : biasIh[biOffset + j]) + (apart ? 0f : recurrent);
      if (apart) {
        candidateBias[j - 2 * hiddenSize] = recurrent;
      }
    }
  }

  /** Packs what backward needs in addition: both matrices as they are stored. */
  void packBackward(float[] weightIh, int ihOffset, float[] weightHh, int hhOffset) {
    if (inputBack == null) {
      inputBack = engine.panel(cell.gates() * hiddenSize, inputSize, Precision.FULL);
      hiddenBack = engine.panel(cell.gates() * hiddenSize, hiddenSize, Precision.FULL);
    }
    inputBack.pack(weightIh, ihOffset, inputSize, 1);
    hiddenBack.pack(weightHh, hhOffset, hiddenSize, 1);
  }

  long bytes() {
    long bytes =
        input.bytes()
            + hidden.bytes()
            + candidate.bytes()
            + 4L * (inputBias.length + candidateBias.length);
    return inputBack == null ? bytes : bytes + inputBack.bytes() + hiddenBack.bytes();
  }

  /** Returns W_ihᵀ [I, G·H]. */
  FloatPanel input() {
    return input;
  }

  /** Returns W_hhᵀ [H, G·H]; for a GRU, only the gates r and z. */
  FloatPanel hidden() {
    return hidden;
  }

  /** Returns W_hnᵀ [H, H] of a GRU. */
  FloatPanel candidate() {
    return candidate;
  }

  /** Returns W_ih [G·H, I]. */
  FloatPanel inputBack() {
    return inputBack;
  }

  /** Returns W_hh [G·H, H]. */
  FloatPanel hiddenBack() {
    return hiddenBack;
  }

  float[] inputBias() {
    return inputBias;
  }

  /** Returns b_hn of a reset-after GRU; zeros otherwise. */
  float[] candidateBias() {
    return candidateBias;
  }
}
