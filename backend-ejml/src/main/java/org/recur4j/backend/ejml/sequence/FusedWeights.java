package org.recur4j.backend.ejml.sequence;

import static org.recur4j.backend.ejml.array.HeapStorage.floats;
import static org.recur4j.backend.ejml.array.HeapStorage.floatsOrNull;
import static org.recur4j.backend.ejml.array.HeapStorage.offsetOrZero;

import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.backend.ejml.engine.FloatEngine;

/**
 * The weights of a plan, packed for forward and, after the first training pass is opened, for
 * backward.
 */
final class FusedWeights {
  private final RecurrentWeights tensors;
  private final PackedWeights[] packed;
  private boolean backward;

  FusedWeights(FloatEngine engine, FusedCell cell, RecurrentSpec spec, RecurrentWeights tensors) {
    this.tensors = tensors;
    this.packed = new PackedWeights[tensors.directions().size()];
    for (int direction = 0; direction < packed.length; direction++) {
      packed[direction] =
          new PackedWeights(engine, cell, spec.inputSize(), spec.hiddenSize(), spec.precision());
    }
    pack();
  }

  /** Packs the current values of the tensors. */
  synchronized void pack() {
    for (int direction = 0; direction < packed.length; direction++) {
      DirectionWeights from = tensors.directions().get(direction);
      packed[direction].packForward(
          floats(from.weightIh()),
          from.weightIh().offset(),
          floats(from.weightHh()),
          from.weightHh().offset(),
          floatsOrNull(from.biasIh()),
          offsetOrZero(from.biasIh()),
          floatsOrNull(from.biasHh()),
          offsetOrZero(from.biasHh()));
    }
    if (backward) {
      packBackward();
    }
  }

  /** Packs the weights for backward, when the first training pass is opened. */
  synchronized void prepareBackward() {
    if (!backward) {
      packBackward();
      backward = true;
    }
  }

  private void packBackward() {
    for (int direction = 0; direction < packed.length; direction++) {
      DirectionWeights from = tensors.directions().get(direction);
      packed[direction].packBackward(
          floats(from.weightIh()),
          from.weightIh().offset(),
          floats(from.weightHh()),
          from.weightHh().offset());
    }
  }

  PackedWeights[] packed() {
    return packed;
  }

  long bytes() {
    long bytes = 0;
    for (PackedWeights direction : packed) {
      bytes += direction.bytes();
    }
    return bytes;
  }
}
