package org.recur4j.backend.ejml;

/** Where the weight gradients of one direction are summed up; absent biases are null. */
final class GradientArrays {
  float[] weightIh;
  int weightIhOffset;
  float[] weightHh;
  int weightHhOffset;
  float[] biasIh;
  int biasIhOffset;
  float[] biasHh;
  int biasHhOffset;

  /** Says that no gradient of this direction is wanted. */
  void clear() {
    weightIh = null;
    weightHh = null;
    biasIh = null;
    biasHh = null;
  }
}
