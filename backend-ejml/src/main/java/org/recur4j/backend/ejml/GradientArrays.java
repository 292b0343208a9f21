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
}
