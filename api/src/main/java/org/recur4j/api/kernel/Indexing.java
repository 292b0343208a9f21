package org.recur4j.api.kernel;

import org.recur4j.api.tensor.Tensor;

/**
 * Kernels that move elements: gather, scatter, slices along an axis, transposition, and operations
 * on sequences with lengths. {@link #gather}, {@link #slice} and {@link #transpose} accept any data
 * type, including INT32; the others accept floating tensors only. {@code lengths} is an INT32
 * tensor {@code [B]} with values from 0 to T.
 */
public interface Indexing {
  /**
   * Copies the entries of an axis that the indices select: y[o, j, i] = x[o, indices[j], i]. The
   * index −1 gives zeros (padding) and reads nothing.
   *
   * @param x {@code [outer…, V, inner…]}, of any type including INT32
   * @param axis the indexed axis
   * @param indices INT32, n values in [−1, V), in a tensor of any shape
   * @param y {@code [outer…, n, inner…]} or any shape of that size, of x's type; shares no elements
   *     with x
   */
  void gather(Tensor x, int axis, Tensor indices, Tensor y);

  /**
   * Adds the entries of y to those of x that the indices select, which is the gradient of {@link
   * #gather}: x[o, indices[j], i] += y[o, j, i]. Entries are added in ascending j, so that the sums
   * always have the same bits. Entries with index −1 are skipped.
   *
   * @param y {@code [outer…, n, inner…]}, floating
   * @param axis the indexed axis of x
   * @param indices INT32, n values in [−1, V), in a tensor of any shape
   * @param x {@code [outer…, V, inner…]}, floating, added to; shares no elements with y
   */
  void scatterAdd(Tensor y, int axis, Tensor indices, Tensor x);

  /**
   * Copies a range of an axis: y = x[…, from : from + n, …], where n is y's extent along it.
   *
   * @param x the source, of any type including INT32
   * @param axis the axis that the range belongs to
   * @param from the first entry, from 0 to x's extent − n
   * @param y the part, of x's data type, and of x's shape except along the axis; shares no elements
   *     with x
   */
  void slice(Tensor x, int axis, int from, Tensor y);

  /**
   * Writes to a range of an axis: x[…, from : from + n, …] = y + β · x[…, from : from + n, …],
   * where n is y's extent along it; the rest of x is unchanged. β = 0 concatenates; β = 1 is the
   * gradient of {@link #slice}.
   *
   * @param y the part, of x's shape except along the axis
   * @param beta β; if 0, the old contents are not read
   * @param axis the axis of x that the range belongs to
   * @param from the first entry, from 0 to x's extent − n
   * @param x the destination; shares no elements with y
   */
  void insert(Tensor y, double beta, int axis, int from, Tensor x);

  /**
   * Exchanges the two outermost axes: y[b, a, i] = x[a, b, i].
   *
   * @param x {@code [A, B, …]}, of any type including INT32
   * @param y {@code [B, A, …]}, of x's type; shares no elements with x
   */
  void transpose(Tensor x, Tensor y);

  /**
   * Selects rows by length: y[b] = inside[b] if time &lt; lengths[b], else past[b]. Rows that are
   * not selected are not read.
   *
   * @param lengths INT32 {@code [B]}
   * @param time the time step, from 0 to T − 1
   * @param inside {@code [B, …]}
   * @param past {@code [B, …]}, or null for zeros
   * @param y {@code [B, …]}; may be either operand
   */
  void select(Tensor lengths, int time, Tensor inside, Tensor past, Tensor y);

  /**
   * Sets values past the lengths to zero: y[t, b] = x[t, b] if t &lt; lengths[b], else exactly 0. x
   * past a length is not read.
   *
   * @param lengths INT32 {@code [B]}
   * @param x {@code [T, B, …]}
   * @param y {@code [T, B, …]}; may be x
   */
  void maskPast(Tensor lengths, Tensor x, Tensor y);

  /**
   * Reverses each row within its length: y[t, b] = x[lengths[b] − 1 − t, b] if t &lt; lengths[b],
   * else exactly 0. x past a length is not read.
   *
   * @param lengths INT32 {@code [B]}
   * @param x {@code [T, B, …]}
   * @param y {@code [T, B, …]}; shares no elements with x
   */
  void reverse(Tensor lengths, Tensor x, Tensor y);

  /**
   * Copies the last valid step of each row: y[b] = x[lengths[b] − 1, b], or zeros for a length of
   * 0.
   *
   * @param lengths INT32 {@code [B]}
   * @param x {@code [T, B, …]}
   * @param y {@code [B, …]}; shares no elements with x
   */
  void last(Tensor lengths, Tensor x, Tensor y);

  /**
   * Adds to the last valid step of each row, which is the gradient of {@link #last}: x[lengths[b] −
   * 1, b] += y[b]; a row of length 0 is unchanged.
   *
   * @param y {@code [B, …]}
   * @param lengths INT32 {@code [B]}
   * @param x {@code [T, B, …]}, added to; shares no elements with y
   */
  void addToLast(Tensor y, Tensor lengths, Tensor x);
}
