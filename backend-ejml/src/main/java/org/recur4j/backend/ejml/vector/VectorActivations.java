package org.recur4j.backend.ejml.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.recur4j.backend.ejml.array.FloatActivations;

/**
 * The rational functions of {@link FloatActivations} on vectors, with multiply-add. The argument is
 * limited as an integer, which adds no measurable cost: the bits of positive floats have the same
 * order as the floats, and the processor's minimum of floats is several times slower.
 *
 * <p>The limit is a float for which this evaluation gives exactly 1, and below which it never
 * exceeds 1 (checked for all floats), so the result need not be limited.
 */
final class VectorActivations {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private static final VectorSpecies<Integer> INTEGERS = SPECIES.withLanes(int.class);
  private static final int SIGN = 0x80000000;
  private static final int INFINITY = 0x7f800000;

  /** 8.2817545 */
  private static final int TANH_LIMIT = Float.floatToRawIntBits(0x1.090422p3f);

  private static final int SIGMOID_LIMIT = Float.floatToRawIntBits(0x1.090422p4f);

  private static final int ONE = 0x3f800000;
  private static final float ROUND = 0x1.8p23f;

  /** The first twelve bits of ln 2, so that their product with k is exact. */
  private static final float LN2_HIGH = 0x1.62e4p-1f;

  private static final float LN2_LOW = (float) (Math.log(2) - LN2_HIGH);

  private VectorActivations() {}

  private static FloatVector spread(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  /** Returns |x|, at most the limit given as bits; undefined for NaN. */
  private static FloatVector limited(IntVector size, int limit) {
    return size.min(limit).reinterpretAsFloats();
  }

  /** Returns y ≥ 0 with the sign of x, or NaN where x is NaN. */
  private static FloatVector signed(FloatVector y, IntVector x, IntVector size) {
    IntVector nan =
        IntVector.broadcast(INTEGERS, INFINITY).sub(size).lanewise(VectorOperators.ASHR, 31);
    return y.reinterpretAsInts().or(x.and(SIGN)).or(nan).reinterpretAsFloats();
  }

  static FloatVector tanh(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector size = bits.and(~SIGN);
    FloatVector v = limited(size, TANH_LIMIT);
    FloatVector u = v.mul(v);
    FloatVector p =
        spread(FloatActivations.P5)
            .fma(u, spread(FloatActivations.P4))
            .fma(u, spread(FloatActivations.P3))
            .fma(u, spread(FloatActivations.P2))
            .fma(u, spread(FloatActivations.P1))
            .fma(u, spread(FloatActivations.P0));
    FloatVector q =
        spread(FloatActivations.Q3)
            .fma(u, spread(FloatActivations.Q2))
            .fma(u, spread(FloatActivations.Q1))
            .fma(u, spread(FloatActivations.Q0));
    return signed(p.mul(v).div(q), bits, size);
  }

  /** Returns ½ + ½·tanh(½x), with the factors ½ and ¼ in the coefficients, where they are exact. */
  static FloatVector sigmoid(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector size = bits.and(~SIGN);
    FloatVector v = limited(size, SIGMOID_LIMIT);
    FloatVector u = v.mul(v);
    FloatVector p =
        spread(FloatActivations.P5 * 0x1p-12f)
            .fma(u, spread(FloatActivations.P4 * 0x1p-10f))
            .fma(u, spread(FloatActivations.P3 * 0x1p-8f))
            .fma(u, spread(FloatActivations.P2 * 0x1p-6f))
            .fma(u, spread(FloatActivations.P1 * 0x1p-4f))
            .fma(u, spread(FloatActivations.P0 * 0x1p-2f));
    FloatVector q =
        spread(FloatActivations.Q3 * 0x1p-6f)
            .fma(u, spread(FloatActivations.Q2 * 0x1p-4f))
            .fma(u, spread(FloatActivations.Q1 * 0x1p-2f))
            .fma(u, spread(FloatActivations.Q0));
    return signed(p.mul(v).div(q), bits, size).add(0.5f);
  }

  /**
   * Returns eˣ for −87 ≤ x ≤ 0 as 2ᵏ·eʳ with k = round(x / ln 2). Adding 1.5·2²³ leaves k in the
   * low bits; ln 2 is subtracted in two parts so that r is exact to its last bits; eʳ is its Taylor
   * series to r⁷ (|r| ≤ ½ ln 2, truncation error below 6e-9).
   */
  static FloatVector exponential(FloatVector x) {
    FloatVector v = x.lanewise(VectorOperators.MAX, -87f);
    FloatVector shifted = v.fma(spread(1.442695f), spread(ROUND));
    FloatVector k = shifted.sub(ROUND);
    FloatVector r = k.fma(spread(-LN2_LOW), k.fma(spread(-LN2_HIGH), v));
    FloatVector series =
        spread(1f / 5040)
            .fma(r, spread(1f / 720))
            .fma(r, spread(1f / 120))
            .fma(r, spread(1f / 24))
            .fma(r, spread(1f / 6))
            .fma(r, spread(0.5f))
            .fma(r, spread(1f))
            .fma(r, spread(1f));
    IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(ONE);
    return series.mul(power.reinterpretAsFloats());
  }
}
