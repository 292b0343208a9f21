package org.recur4j.backend.nd4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActivationsTest {
  /** Every 256th float from −20 to 20: some eight million. */
  @Test
  void staysWithinItsBounds() {
    double worstTanh = 0;
    double worstSigmoid = 0;
    float[] one = new float[1];
    int end = Float.floatToIntBits(20f);
    for (int bits = 0; bits < end; bits += 256) {
      for (int sign = 0; sign < 2; sign++) {
        float x = Float.intBitsToFloat(bits | (sign << 31));
        one[0] = x;
        Activations.tanh(one, 1);
        worstTanh = Math.max(worstTanh, Math.abs(one[0] - Math.tanh(x)));
        one[0] = x;
        Activations.sigmoid(one, 1);
        worstSigmoid = Math.max(worstSigmoid, Math.abs(one[0] - 1 / (1 + Math.exp(-x))));
      }
    }
    assertThat(worstTanh).isBetween(1e-8, Activations.TANH_ERROR);
    assertThat(worstSigmoid).isBetween(1e-8, Activations.SIGMOID_ERROR);
  }

  @Test
  void keepsNotANumberAndEndsExactly() {
    float[] x = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 30f, -30f};
    float[] y = x.clone();
    Activations.tanh(x, x.length);
    assertThat(x).containsExactly(Float.NaN, 1f, -1f, -0f, 1f, -1f);
    Activations.sigmoid(y, y.length);
    assertThat(y).containsExactly(Float.NaN, 1f, 0f, 0.5f, 1f, 0f);
  }
}
