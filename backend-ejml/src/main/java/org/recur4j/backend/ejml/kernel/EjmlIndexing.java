package org.recur4j.backend.ejml.kernel;

import static org.recur4j.backend.ejml.array.HeapStorage.array;
import static org.recur4j.backend.ejml.array.HeapStorage.doubles;
import static org.recur4j.backend.ejml.array.HeapStorage.fill;
import static org.recur4j.backend.ejml.array.HeapStorage.floats;
import static org.recur4j.backend.ejml.array.HeapStorage.ints;
import static org.recur4j.backend.ejml.array.HeapStorage.isSingle;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Indexing;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** Kernels that move elements of any type with {@link System#arraycopy}. */
interface EjmlIndexing extends Indexing, KernelFamily {
  @Override
  default void gather(Tensor x, int axis, Tensor indices, Tensor y) {
    int outer = x.shape().outer(axis);
    int inner = x.shape().inner(axis);
    int size = x.extent(axis);
    int n = indices.size();
    int[] index = ints(indices);
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < n; j++) {
        int chosen = checked("gather", index[indices.offset() + j], size);
        int to = y.offset() + (o * n + j) * inner;
        if (chosen < 0) {
          fill(0, y, to, inner);
        } else {
          System.arraycopy(array(x), x.offset() + (o * size + chosen) * inner, array(y), to, inner);
        }
      }
    }
  }

  @Override
  default void scatterAdd(Tensor y, int axis, Tensor indices, Tensor x) {
    int outer = x.shape().outer(axis);
    int inner = x.shape().inner(axis);
    int size = x.extent(axis);
    int n = indices.size();
    int[] index = ints(indices);
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < n; j++) {
        int chosen = checked("scatterAdd", index[indices.offset() + j], size);
        if (chosen >= 0) {
          add("scatterAdd", y, (o * n + j) * inner, 1, x, (o * size + chosen) * inner, inner);
        }
      }
    }
  }

  /**
   * Rejects an index outside the axis. A pooled array may be longer than the tensor, so Java's own
   * check would allow reading elements of another tensor.
   */
  private static int checked(String kernel, int index, int size) {
    if (index < -1 || index >= size) {
      throw new InvalidArgumentException(
          kernel,
          "index " + index,
          "an index in [-1, " + size + ")",
          "Check the vocabulary that the indices were made with");
    }
    return index;
  }

  /** Computes y = x + β y over n elements of each. */
  private void add(String kernel, Tensor x, int from, double beta, Tensor y, int to, int n) {
    if (!isSingle(kernel, y)) {
      context().doubles.scaleAdd(1, x, from, beta, y, to, n);
      return;
    }
    KernelScratch scratch = context().scratch.take();
    scratch.floatRuns.scaleAdd(
        1f, floats(x), x.offset() + from, (float) beta, floats(y), y.offset() + to, n);
    context().scratch.give(scratch);
  }

  @Override
  default void slice(Tensor x, int axis, int from, Tensor y) {
    int outer = x.shape().outer(axis);
    int inner = x.shape().inner(axis);
    int stride = x.extent(axis) * inner;
    int length = y.extent(axis) * inner;
    for (int o = 0; o < outer; o++) {
      System.arraycopy(
          array(x),
          x.offset() + o * stride + from * inner,
          array(y),
          y.offset() + o * length,
          length);
    }
  }

  @Override
  default void insert(Tensor y, double beta, int axis, int from, Tensor x) {
    int outer = x.shape().outer(axis);
    int inner = x.shape().inner(axis);
    int stride = x.extent(axis) * inner;
    int length = y.extent(axis) * inner;
    for (int o = 0; o < outer; o++) {
      int source = o * length;
      int target = o * stride + from * inner;
      if (beta == 0) {
        System.arraycopy(array(y), y.offset() + source, array(x), x.offset() + target, length);
      } else {
        add("insert", y, source, beta, x, target, length);
      }
    }
  }

  @Override
  default void transpose(Tensor x, Tensor y) {
    int a = x.extent(0);
    int b = x.extent(1);
    int inner = x.size() / (a * b);
    if (inner > 1) {
      for (int i = 0; i < a; i++) {
        for (int j = 0; j < b; j++) {
          System.arraycopy(
              array(x),
              x.offset() + (i * b + j) * inner,
              array(y),
              y.offset() + (j * a + i) * inner,
              inner);
        }
      }
      return;
    }
    switch (x.dataType()) {
      case FLOAT32 -> transpose(floats(x), x.offset(), floats(y), y.offset(), a, b);
      case FLOAT64 -> transpose(doubles(x), x.offset(), doubles(y), y.offset(), a, b);
      case INT32 -> transpose(ints(x), x.offset(), ints(y), y.offset(), a, b);
    }
  }

  private static void transpose(float[] x, int xo, float[] y, int yo, int a, int b) {
    for (int j0 = 0; j0 < b; j0 += 16) {
      for (int i = 0; i < a; i++) {
        for (int j = j0; j < Math.min(b, j0 + 16); j++) {
          y[yo + j * a + i] = x[xo + i * b + j];
        }
      }
    }
  }

  private static void transpose(double[] x, int xo, double[] y, int yo, int a, int b) {
    for (int j0 = 0; j0 < b; j0 += 8) {
      for (int i = 0; i < a; i++) {
        for (int j = j0; j < Math.min(b, j0 + 8); j++) {
          y[yo + j * a + i] = x[xo + i * b + j];
        }
      }
    }
  }

  private static void transpose(int[] x, int xo, int[] y, int yo, int a, int b) {
    for (int i = 0; i < a; i++) {
      for (int j = 0; j < b; j++) {
        y[yo + j * a + i] = x[xo + i * b + j];
      }
    }
  }

  @Override
  default void select(Tensor lengths, int time, Tensor inside, Tensor past, Tensor y) {
    int[] length = ints(lengths);
    int rows = y.extent(0);
    int width = y.size() / rows;
    for (int b = 0; b < rows; b++) {
      Tensor chosen = time < length[lengths.offset() + b] ? inside : past;
      move(chosen, b, y, b, width);
    }
  }

  @Override
  default void maskPast(Tensor lengths, Tensor x, Tensor y) {
    int[] length = ints(lengths);
    int batch = y.extent(1);
    int width = width(y.shape());
    for (int t = 0; t < y.extent(0); t++) {
      for (int b = 0; b < batch; b++) {
        int row = t * batch + b;
        move(t < length[lengths.offset() + b] ? x : null, row, y, row, width);
      }
    }
  }

  @Override
  default void reverse(Tensor lengths, Tensor x, Tensor y) {
    int[] length = ints(lengths);
    int batch = y.extent(1);
    int width = width(y.shape());
    for (int t = 0; t < y.extent(0); t++) {
      for (int b = 0; b < batch; b++) {
        int from = length[lengths.offset() + b] - 1 - t;
        move(from < 0 ? null : x, from * batch + b, y, t * batch + b, width);
      }
    }
  }

  @Override
  default void last(Tensor lengths, Tensor x, Tensor y) {
    int[] length = ints(lengths);
    int batch = x.extent(1);
    int width = width(x.shape());
    for (int b = 0; b < batch; b++) {
      int from = length[lengths.offset() + b] - 1;
      move(from < 0 ? null : x, from * batch + b, y, b, width);
    }
  }

  @Override
  default void addToLast(Tensor y, Tensor lengths, Tensor x) {
    int[] length = ints(lengths);
    int batch = x.extent(1);
    int width = width(x.shape());
    for (int b = 0; b < batch; b++) {
      int to = length[lengths.offset() + b] - 1;
      if (to >= 0) {
        add("addToLast", y, b * width, 1, x, (to * batch + b) * width, width);
      }
    }
  }

  /** Returns the number of elements of one row of one step of {@code [T, B, …]}. */
  private static int width(Shape sequence) {
    return sequence.inner(1);
  }

  /** Copies one row, or writes zeros if the source is null. */
  private static void move(Tensor source, int sourceRow, Tensor target, int targetRow, int width) {
    int to = target.offset() + targetRow * width;
    if (source == null) {
      fill(0, target, to, width);
    } else {
      System.arraycopy(
          array(source), source.offset() + sourceRow * width, array(target), to, width);
    }
  }
}
