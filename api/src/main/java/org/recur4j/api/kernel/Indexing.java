package org.recur4j.api.kernel;

import org.recur4j.api.tensor.Tensor;

/**
 * Moving elements: gather, scatter, strided slices, transposition, and the three ways sequences use
 * lengths. {@code lengths} is an INT32 tensor {@code [B]} with entries in [0, T].
 */
public interface Indexing {
  /**
   * Entries of an axis, by index: y[o, j, i] = x[o, indices[j], i]. A negative index gives zeros
   * (padding).
   *
   * @param x {@code [outer…, V, inner…]}
   * @param axis the axis that is indexed
   * @param indices INT32, n entries in [−1, V)
   * @param y {@code [outer…, n, inner…]}; any shape of that size
   */
  void gather(Tensor x, int axis, Tensor indices, Tensor y);

  /**
   * The gradient of {@link #gather}: x[o, indices[j], i] += y[o, j, i], in ascending j, so that the
   * sums are the same every time. Negative indices are skipped.
   *
   * @param y {@code [outer…, n, inner…]}
   * @param axis the axis of x that is indexed
   * @param indices INT32, n entries in [−1, V)
   * @param x {@code [outer…, V, inner…]}, added to
   */
  void scatterAdd(Tensor y, int axis, Tensor indices, Tensor x);

  /**
   * y = x[…, from : from + n, …], where n is y's extent along the axis.
   *
   * @param x the larger tensor
   * @param axis the axis that is cut
   * @param from first entry
   * @param y x's shape but for that axis
   */
  void slice(Tensor x, int axis, int from, Tensor y);

  /**
   * x[…, from : from + n, …] = y + β · x[…, from : from + n, …]; the rest of x is left alone. β = 0
   * writes (concatenation), β = 1 adds (the gradient of {@link #slice}).
   *
   * @param y the part
   * @param beta β; with 0 the old contents are not read
   * @param axis the axis of x that is cut
   * @param from first entry
   * @param x the larger tensor
   */
  void insert(Tensor y, double beta, int axis, int from, Tensor x);

  /**
   * Swaps the two outermost axes: y[b, a, i] = x[a, b, i].
   *
   * @param x {@code [A, B, …]}
   * @param y {@code [B, A, …]}, not overlapping x
   */
  void transpose(Tensor x, Tensor y);

  /**
   * y[b] = inside[b] if time &lt; lengths[b], else past[b]. What is not chosen is not read.
   *
   * @param lengths INT32 {@code [B]}
   * @param time 0 … T − 1
   * @param inside {@code [B, …]}
   * @param past {@code [B, …]}, or null for zeros
   * @param y {@code [B, …]}; may be either operand
   */
  void select(Tensor lengths, int time, Tensor inside, Tensor past, Tensor y);

  /**
   * y[t, b] = x[t, b] if t &lt; lengths[b], else exactly 0; x past a length is not read.
   *
   * @param lengths INT32 {@code [B]}
   * @param x {@code [T, B, …]}
   * @param y {@code [T, B, …]}; may be x
   */
  void maskPast(Tensor lengths, Tensor x, Tensor y);

  /**
   * y[t, b] = x[lengths[b] − 1 − t, b] if t &lt; lengths[b], else exactly 0; x past a length is not
   * read. Applied twice it is {@link #maskPast}.
   *
   * @param lengths INT32 {@code [B]}
   * @param x {@code [T, B, …]}
   * @param y {@code [T, B, …]}, not overlapping x
   */
  void reverse(Tensor lengths, Tensor x, Tensor y);

  /**
   * The last real step of each row: y[b] = x[lengths[b] − 1, b]; zeros for a length of 0.
   *
   * @param lengths INT32 {@code [B]}
   * @param x {@code [T, B, …]}
   * @param y {@code [B, …]}
   */
  void last(Tensor lengths, Tensor x, Tensor y);

  /**
   * The gradient of {@link #last}: x[lengths[b] − 1, b] += y[b]; nothing for a length of 0.
   *
   * @param y {@code [B, …]}
   * @param lengths INT32 {@code [B]}
   * @param x {@code [T, B, …]}, added to
   */
  void addToLast(Tensor y, Tensor lengths, Tensor x);
}
