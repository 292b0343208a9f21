package org.recur4j.backend.ejml.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.recur4j.backend.ejml.array.FloatActivations;
import org.recur4j.backend.ejml.array.Planes;

class FloatActivationsTest {
  private final CellLoops loops = FloatEngines.preferred().loops();

  /**
   * Every 61st float of both signs from the smallest to infinity: 70 million is too many for each
   * build.
   */
  private static final int STRIDE = 61;

  @Test
  void staysWithinTheStatedErrorsOverTheWholeRange() {
    float[] block = new float[1 << 16];
    double tanhAbsolute = 0;
    double tanhRelative = 0;
    double sigmoidAbsolute = 0;
    // Floats above 16 saturate and below 2^-14 are linear: only between is it worth looking
    // closely.
    for (int bits = Float.floatToIntBits(0x1p-14f); bits < Float.floatToIntBits(16f); ) {
      int count = 0;
      for (; count < block.length && bits < Float.floatToIntBits(16f); count++, bits += STRIDE) {
        block[count] = Float.intBitsToFloat((count & 1) == 0 ? bits : bits | 0x80000000);
      }
      float[] tanh = block.clone();
      float[] sigmoid = block.clone();
      loops.tanh(tanh, count);
      loops.sigmoid(sigmoid, count);
      for (int j = 0; j < count; j++) {
        double want = Math.tanh(block[j]);
        tanhAbsolute = Math.max(tanhAbsolute, Math.abs(tanh[j] - want));
        tanhRelative = Math.max(tanhRelative, Math.abs(tanh[j] / want - 1));
        double logistic = 1 / (1 + Math.exp(-(double) block[j]));
        sigmoidAbsolute = Math.max(sigmoidAbsolute, Math.abs(sigmoid[j] - logistic));
      }
    }
    assertThat(tanhAbsolute).isGreaterThan(1e-7).isLessThan(FloatActivations.TANH_ERROR);
    assertThat(tanhRelative).isLessThan(FloatActivations.TANH_ERROR);
    assertThat(sigmoidAbsolute).isGreaterThan(5e-8).isLessThan(FloatActivations.SIGMOID_ERROR);
  }

  @Test
  void keepsTheSignOfZeroTinyValuesAndNaNAndSaturatesExactly() {
    float inf = Float.POSITIVE_INFINITY;
    float[] x = {0f, -0f, Float.MIN_VALUE, 1e-20f, -1e-38f, Float.NaN, -Float.NaN, inf, -inf, 20f};
    float[] plane = Arrays.copyOf(x, Planes.length(x.length));
    loops.tanh(plane, x.length);
    assertThat(Arrays.copyOf(plane, x.length))
        .containsExactly(
            0f, -0f, Float.MIN_VALUE, 1e-20f, -1e-38f, Float.NaN, Float.NaN, 1f, -1f, 1f);
    float[] y = {0f, Float.NaN, inf, -inf, 40f, -40f};
    plane = Arrays.copyOf(y, Planes.length(y.length));
    loops.sigmoid(plane, y.length);
    assertThat(Arrays.copyOf(plane, y.length)).containsExactly(0.5f, Float.NaN, 1f, 0f, 1f, 0f);
  }

  @Test
  void takesExponentialsOfWhatIsNotPositive() {
    float[] x = new float[1 << 16];
    double worst = 0;
    for (int j = 0; j < x.length; j++) {
      x[j] = -87f * j / x.length;
    }
    float[] power = x.clone();
    loops.exponential(power, power.length);
    for (int j = 0; j < x.length; j++) {
      worst = Math.max(worst, Math.abs(power[j] / Math.exp(x[j]) - 1));
    }
    assertThat(worst).isGreaterThan(2e-8).isLessThan(CellLoops.EXPONENTIAL_ERROR);
    float[] edges = Arrays.copyOf(new float[] {0f, -0f, Float.NaN, -1e9f, -1f / 0f}, 64);
    loops.exponential(edges, 5);
    assertThat(edges[0]).isEqualTo(1f);
    assertThat(edges[1]).isEqualTo(1f);
    assertThat(edges[2]).isNaN();
    assertThat(edges[3]).isEqualTo(edges[4]).isBetween(0f, 1.7e-38f);
  }

  /** Every float there is, which takes a minute. */
  @Test
  @Tag("exhaustive")
  void neverLeavesTheRangeNorTheStatedErrorForAnyFloat() {
    float[] block = new float[1 << 16];
    double worst = 0;
    for (long start = 0; start < 1L << 31; start += block.length) {
      for (int j = 0; j < block.length; j++) {
        block[j] = Float.intBitsToFloat((int) start + j);
      }
      float[] tanh = block.clone();
      loops.tanh(tanh, tanh.length);
      for (int j = 0; j < block.length; j++) {
        if (!(tanh[j] >= 0f && tanh[j] <= 1f) && !Float.isNaN(block[j])) {
          assertThat(tanh[j]).as("tanh(%s)", block[j]).isBetween(0f, 1f);
        }
      }
      float first = block[0];
      if (first >= 0x1p-14f && first < 16f) {
        for (int j = 0; j < block.length; j++) {
          worst = Math.max(worst, Math.abs(tanh[j] - Math.tanh(block[j])));
        }
      }
    }
    assertThat(worst).isGreaterThan(1e-7).isLessThan(FloatActivations.TANH_ERROR);
  }

  @Test
  void isOddAndGivesEachElementTheSameBitsWhereverItStands() {
    float[] positive = new float[1003];
    for (int j = 0; j < positive.length; j++) {
      positive[j] = j * 0.011f;
    }
    float[] negative = new float[positive.length + 5];
    for (int j = 0; j < positive.length; j++) {
      negative[j + 5] = -positive[j];
    }
    for (int round = 0; round < 2_000; round++) {
      // Long enough for the compiled loop to take over from the interpreter half way.
      float[] a = positive.clone();
      float[] b = negative.clone();
      FloatActivations.tanh(a, 0, a.length);
      FloatActivations.tanh(b, 5, b.length);
      for (int j = 0; j < a.length; j++) {
        if (a[j] != -b[j + 5]) {
          assertThat(b[j + 5]).as("tanh(-%s) in round %d", positive[j], round).isEqualTo(-a[j]);
        }
      }
    }
    float[] outside = {9f, 1f, 9f};
    FloatActivations.tanh(outside, 1, 2);
    assertThat(outside[0]).isEqualTo(9f);
    assertThat(outside[2]).isEqualTo(9f);
  }
}
