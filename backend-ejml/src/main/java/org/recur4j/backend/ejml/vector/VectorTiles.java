package org.recur4j.backend.ejml.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.recur4j.backend.ejml.array.FloatRows;

/**
 * The register tiles of {@link VectorTile}: rows × vectors of C, each element fma(a, b, c) for k in
 * ascending order. There is one method per shape because only local variables stay in registers:
 * arrays of vectors, loops over them or two shapes in one method make the JIT compiler box every
 * vector (10 GFLOP/s instead of 110, docs/decisions/rejected.md). For the same reason each method
 * is longer than 325 bytecodes, up to which HotSpot inlines a hot method into its caller (a test
 * verifies this).
 *
 * <p>The parameters common to all methods: row r of A begins at {@code aOffsets[row + r]} with step
 * {@code aStep}; row k of B begins at {@code at + k·pitch}; row r of C is column {@code column} of
 * plane {@code index}. The initial values are {@code from[first]} and the following elements, the
 * same for every row, or C itself if {@code from} is null. They are selected as an array and an
 * offset, never as one of two vectors: with both branches taken, C2 of JDK 25 boxed the
 * accumulators.
 */
final class VectorTiles {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorTiles() {}

  private static FloatVector load(float[] array, int offset) {
    return FloatVector.fromArray(SPECIES, array, offset);
  }

  private static FloatVector spread(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  /** Multiplies four rows of a whole strip. */
  static void rows4x4(
      float[] a,
      int[] aOffsets,
      int row,
      int aStep,
      float[] b,
      int at,
      int depth,
      float[] from,
      int first,
      FloatRows c,
      int index,
      int column) {
    int a0 = aOffsets[row];
    int a1 = aOffsets[row + 1];
    int a2 = aOffsets[row + 2];
    int a3 = aOffsets[row + 3];
    float[] r0 = c.plane(row, index);
    float[] r1 = c.plane(row + 1, index);
    float[] r2 = c.plane(row + 2, index);
    float[] r3 = c.plane(row + 3, index);
    int o0 = c.offset(row) + column;
    int o1 = c.offset(row + 1) + column;
    int o2 = c.offset(row + 2) + column;
    int o3 = c.offset(row + 3) + column;
    boolean own = from == null;
    float[] s0 = own ? r0 : from;
    float[] s1 = own ? r1 : from;
    float[] s2 = own ? r2 : from;
    float[] s3 = own ? r3 : from;
    int p0 = own ? o0 : first;
    int p1 = own ? o1 : first;
    int p2 = own ? o2 : first;
    int p3 = own ? o3 : first;
    FloatVector c00 = load(s0, p0);
    FloatVector c01 = load(s0, p0 + LANES);
    FloatVector c02 = load(s0, p0 + 2 * LANES);
    FloatVector c03 = load(s0, p0 + 3 * LANES);
    FloatVector c10 = load(s1, p1);
    FloatVector c11 = load(s1, p1 + LANES);
    FloatVector c12 = load(s1, p1 + 2 * LANES);
    FloatVector c13 = load(s1, p1 + 3 * LANES);
    FloatVector c20 = load(s2, p2);
    FloatVector c21 = load(s2, p2 + LANES);
    FloatVector c22 = load(s2, p2 + 2 * LANES);
    FloatVector c23 = load(s2, p2 + 3 * LANES);
    FloatVector c30 = load(s3, p3);
    FloatVector c31 = load(s3, p3 + LANES);
    FloatVector c32 = load(s3, p3 + 2 * LANES);
    FloatVector c33 = load(s3, p3 + 3 * LANES);
    for (int k = 0; k < depth; k++) {
      int q = at + k * 4 * LANES;
      FloatVector b0 = load(b, q);
      FloatVector b1 = load(b, q + LANES);
      FloatVector b2 = load(b, q + 2 * LANES);
      FloatVector b3 = load(b, q + 3 * LANES);
      int p = k * aStep;
      FloatVector x = spread(a[a0 + p]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = spread(a[a1 + p]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = spread(a[a2 + p]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = spread(a[a3 + p]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
    }
    c00.intoArray(r0, o0);
    c01.intoArray(r0, o0 + LANES);
    c02.intoArray(r0, o0 + 2 * LANES);
    c03.intoArray(r0, o0 + 3 * LANES);
    c10.intoArray(r1, o1);
    c11.intoArray(r1, o1 + LANES);
    c12.intoArray(r1, o1 + 2 * LANES);
    c13.intoArray(r1, o1 + 3 * LANES);
    c20.intoArray(r2, o2);
    c21.intoArray(r2, o2 + LANES);
    c22.intoArray(r2, o2 + 2 * LANES);
    c23.intoArray(r2, o2 + 3 * LANES);
    c30.intoArray(r3, o3);
    c31.intoArray(r3, o3 + LANES);
    c32.intoArray(r3, o3 + 2 * LANES);
    c33.intoArray(r3, o3 + 3 * LANES);
  }

  /** Multiplies four rows of two vectors within a strip. */
  static void rows4x2(
      float[] a,
      int[] aOffsets,
      int row,
      int aStep,
      float[] b,
      int at,
      int pitch,
      int depth,
      float[] from,
      int first,
      FloatRows c,
      int index,
      int column) {
    int a0 = aOffsets[row];
    int a1 = aOffsets[row + 1];
    int a2 = aOffsets[row + 2];
    int a3 = aOffsets[row + 3];
    float[] r0 = c.plane(row, index);
    float[] r1 = c.plane(row + 1, index);
    float[] r2 = c.plane(row + 2, index);
    float[] r3 = c.plane(row + 3, index);
    int o0 = c.offset(row) + column;
    int o1 = c.offset(row + 1) + column;
    int o2 = c.offset(row + 2) + column;
    int o3 = c.offset(row + 3) + column;
    boolean own = from == null;
    float[] s0 = own ? r0 : from;
    float[] s1 = own ? r1 : from;
    float[] s2 = own ? r2 : from;
    float[] s3 = own ? r3 : from;
    int p0 = own ? o0 : first;
    int p1 = own ? o1 : first;
    int p2 = own ? o2 : first;
    int p3 = own ? o3 : first;
    FloatVector c00 = load(s0, p0);
    FloatVector c01 = load(s0, p0 + LANES);
    FloatVector c10 = load(s1, p1);
    FloatVector c11 = load(s1, p1 + LANES);
    FloatVector c20 = load(s2, p2);
    FloatVector c21 = load(s2, p2 + LANES);
    FloatVector c30 = load(s3, p3);
    FloatVector c31 = load(s3, p3 + LANES);
    for (int k = 0; k < depth; k++) {
      int q = at + k * pitch;
      FloatVector b0 = load(b, q);
      FloatVector b1 = load(b, q + LANES);
      int p = k * aStep;
      FloatVector x = spread(a[a0 + p]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = spread(a[a1 + p]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = spread(a[a2 + p]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = spread(a[a3 + p]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    c00.intoArray(r0, o0);
    c01.intoArray(r0, o0 + LANES);
    c10.intoArray(r1, o1);
    c11.intoArray(r1, o1 + LANES);
    c20.intoArray(r2, o2);
    c21.intoArray(r2, o2 + LANES);
    c30.intoArray(r3, o3);
    c31.intoArray(r3, o3 + LANES);
  }

  /** Multiplies four rows of one vector, for the right edge. */
  static void rows4x1(
      float[] a,
      int[] aOffsets,
      int row,
      int aStep,
      float[] b,
      int at,
      int pitch,
      int depth,
      float[] from,
      int first,
      FloatRows c,
      int index,
      int column) {
    int a0 = aOffsets[row];
    int a1 = aOffsets[row + 1];
    int a2 = aOffsets[row + 2];
    int a3 = aOffsets[row + 3];
    float[] r0 = c.plane(row, index);
    float[] r1 = c.plane(row + 1, index);
    float[] r2 = c.plane(row + 2, index);
    float[] r3 = c.plane(row + 3, index);
    int o0 = c.offset(row) + column;
    int o1 = c.offset(row + 1) + column;
    int o2 = c.offset(row + 2) + column;
    int o3 = c.offset(row + 3) + column;
    boolean own = from == null;
    float[] s0 = own ? r0 : from;
    float[] s1 = own ? r1 : from;
    float[] s2 = own ? r2 : from;
    float[] s3 = own ? r3 : from;
    int p0 = own ? o0 : first;
    int p1 = own ? o1 : first;
    int p2 = own ? o2 : first;
    int p3 = own ? o3 : first;
    FloatVector c0 = load(s0, p0);
    FloatVector c1 = load(s1, p1);
    FloatVector c2 = load(s2, p2);
    FloatVector c3 = load(s3, p3);
    for (int k = 0; k < depth; k++) {
      FloatVector x = load(b, at + k * pitch);
      int p = k * aStep;
      c0 = x.fma(spread(a[a0 + p]), c0);
      c1 = x.fma(spread(a[a1 + p]), c1);
      c2 = x.fma(spread(a[a2 + p]), c2);
      c3 = x.fma(spread(a[a3 + p]), c3);
    }
    c0.intoArray(r0, o0);
    c1.intoArray(r1, o1);
    c2.intoArray(r2, o2);
    c3.intoArray(r3, o3);
  }

  /**
   * Multiplies one row of a whole strip, for a batch of one, whose speed is limited by loading the
   * weights.
   */
  static void row1x4(
      float[] a,
      int[] aOffsets,
      int row,
      int aStep,
      float[] b,
      int at,
      int depth,
      float[] from,
      int first,
      FloatRows c,
      int index,
      int column) {
    int a0 = aOffsets[row];
    float[] r0 = c.plane(row, index);
    int o0 = c.offset(row) + column;
    float[] source = from == null ? r0 : from;
    int begin = from == null ? o0 : first;
    FloatVector c0 = load(source, begin);
    FloatVector c1 = load(source, begin + LANES);
    FloatVector c2 = load(source, begin + 2 * LANES);
    FloatVector c3 = load(source, begin + 3 * LANES);
    int k = 0;
    for (; k + 2 <= depth; k += 2) {
      int q = at + k * 4 * LANES;
      FloatVector x = spread(a[a0 + k * aStep]);
      c0 = x.fma(load(b, q), c0);
      c1 = x.fma(load(b, q + LANES), c1);
      c2 = x.fma(load(b, q + 2 * LANES), c2);
      c3 = x.fma(load(b, q + 3 * LANES), c3);
      x = spread(a[a0 + (k + 1) * aStep]);
      c0 = x.fma(load(b, q + 4 * LANES), c0);
      c1 = x.fma(load(b, q + 5 * LANES), c1);
      c2 = x.fma(load(b, q + 6 * LANES), c2);
      c3 = x.fma(load(b, q + 7 * LANES), c3);
    }
    if (k < depth) {
      int q = at + k * 4 * LANES;
      FloatVector x = spread(a[a0 + k * aStep]);
      c0 = x.fma(load(b, q), c0);
      c1 = x.fma(load(b, q + LANES), c1);
      c2 = x.fma(load(b, q + 2 * LANES), c2);
      c3 = x.fma(load(b, q + 3 * LANES), c3);
    }
    c0.intoArray(r0, o0);
    c1.intoArray(r0, o0 + LANES);
    c2.intoArray(r0, o0 + 2 * LANES);
    c3.intoArray(r0, o0 + 3 * LANES);
  }
}
