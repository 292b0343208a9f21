package org.recur4j.conformance.toy;

import static org.recur4j.conformance.toy.Block.add;
import static org.recur4j.conformance.toy.Block.get;
import static org.recur4j.conformance.toy.Block.scaled;
import static org.recur4j.conformance.toy.Block.set;

import org.recur4j.api.kernel.Indexing;
import org.recur4j.api.tensor.Tensor;

/** Which element goes where. */
interface ToyIndexing extends Indexing {
  @Override
  default void gather(Tensor x, int axis, Tensor indices, Tensor y) {
    int inner = x.shape().inner(axis);
    for (int i = 0; i < y.size(); i++) {
      int index = (int) get(indices, i / inner % indices.size());
      int outer = i / inner / indices.size();
      set(y, i, index < 0 ? 0 : get(x, (outer * x.extent(axis) + index) * inner + i % inner));
    }
  }

  @Override
  default void scatterAdd(Tensor y, int axis, Tensor indices, Tensor x) {
    int inner = x.shape().inner(axis);
    for (int i = 0; i < y.size(); i++) {
      int index = (int) get(indices, i / inner % indices.size());
      int outer = i / inner / indices.size();
      if (index >= 0) {
        add(x, (outer * x.extent(axis) + index) * inner + i % inner, get(y, i));
      }
    }
  }

  @Override
  default void slice(Tensor x, int axis, int from, Tensor y) {
    for (int i = 0; i < y.size(); i++) {
      set(y, i, get(x, inWhole(i, y, axis, from, x)));
    }
  }

  @Override
  default void insert(Tensor y, double beta, int axis, int from, Tensor x) {
    for (int i = 0; i < y.size(); i++) {
      int at = inWhole(i, y, axis, from, x);
      set(x, at, get(y, i) + scaled(beta, x, at));
    }
  }

  /** Where element i of a part stands in the whole it was cut from. */
  private static int inWhole(int i, Tensor part, int axis, int from, Tensor whole) {
    int inner = whole.shape().inner(axis);
    int outer = i / (part.extent(axis) * inner);
    return i + (outer * (whole.extent(axis) - part.extent(axis)) + from) * inner;
  }

  @Override
  default void transpose(Tensor x, Tensor y) {
    int rows = x.extent(0);
    int columns = x.extent(1);
    int inner = x.shape().inner(1);
    for (int i = 0; i < x.size(); i++) {
      int row = i / inner / columns;
      int column = i / inner % columns;
      set(y, (column * rows + row) * inner + i % inner, get(x, i));
    }
  }

  @Override
  default void select(Tensor lengths, int time, Tensor inside, Tensor past, Tensor y) {
    int inner = y.shape().inner(0);
    for (int i = 0; i < y.size(); i++) {
      boolean real = time < get(lengths, i / inner);
      set(y, i, real ? get(inside, i) : past == null ? 0 : get(past, i));
    }
  }

  @Override
  default void maskPast(Tensor lengths, Tensor x, Tensor y) {
    int inner = x.shape().inner(1);
    for (int i = 0; i < y.size(); i++) {
      int row = i / inner % x.extent(1);
      int time = i / inner / x.extent(1);
      set(y, i, time < get(lengths, row) ? get(x, i) : 0);
    }
  }

  @Override
  default void reverse(Tensor lengths, Tensor x, Tensor y) {
    int inner = x.shape().inner(1);
    int batch = x.extent(1);
    for (int i = 0; i < y.size(); i++) {
      int row = i / inner % batch;
      int from = (int) get(lengths, row) - 1 - i / inner / batch;
      set(y, i, from < 0 ? 0 : get(x, (from * batch + row) * inner + i % inner));
    }
  }

  @Override
  default void last(Tensor lengths, Tensor x, Tensor y) {
    int inner = y.shape().inner(0);
    for (int i = 0; i < y.size(); i++) {
      int time = (int) get(lengths, i / inner) - 1;
      set(y, i, time < 0 ? 0 : get(x, time * y.size() + i));
    }
  }

  @Override
  default void addToLast(Tensor y, Tensor lengths, Tensor x) {
    int inner = y.shape().inner(0);
    for (int i = 0; i < y.size(); i++) {
      int time = (int) get(lengths, i / inner) - 1;
      if (time >= 0) {
        add(x, time * y.size() + i, get(y, i));
      }
    }
  }
}
