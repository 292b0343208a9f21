package org.recur4j.backend.ejml.sequence;

import static org.recur4j.backend.ejml.array.HeapStorage.floatsOrNull;
import static org.recur4j.backend.ejml.array.HeapStorage.offsetOrZero;

import org.recur4j.api.recurrent.DirectionWeights;

/** The arrays to which the weight gradients of one direction are added; null where not wanted. */
final class GradientArrays {
  float[] weightIh;
  int weightIhOffset;
  float[] weightHh;
  int weightHhOffset;
  float[] biasIh;
  int biasIhOffset;
  float[] biasHh;
  int biasHhOffset;

  /** Sets that no gradients of this direction are wanted. */
  void clear() {
    weightIh = null;
    weightHh = null;
    biasIh = null;
    biasHh = null;
  }

  /** Sets the tensors to which gradients are added. */
  void point(DirectionWeights sums) {
    weightIh = floatsOrNull(sums.weightIh());
    weightIhOffset = offsetOrZero(sums.weightIh());
    weightHh = floatsOrNull(sums.weightHh());
    weightHhOffset = offsetOrZero(sums.weightHh());
    biasIh = floatsOrNull(sums.biasIh());
    biasIhOffset = offsetOrZero(sums.biasIh());
    biasHh = floatsOrNull(sums.biasHh());
    biasHhOffset = offsetOrZero(sums.biasHh());
  }
}
