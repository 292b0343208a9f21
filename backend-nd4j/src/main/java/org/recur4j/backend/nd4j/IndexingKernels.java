package org.recur4j.backend.nd4j;

import java.nio.IntBuffer;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Indexing;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.Tensor;

/** Kernels that move elements, of any type, as 32 bits each. */
abstract class IndexingKernels extends ElementwiseKernels implements Indexing {
  IndexingKernels(Workers workers) {
    super(workers);
  }

  @Override
  public final void gather(Tensor x, int axis, Tensor indices, Tensor y) {
    int inner = x.shape().inner(axis);
    int size = x.extent(axis);
    int n = indices.size();
    for (int o = 0; o < x.shape().outer(axis); o++) {
      for (int j = 0; j < n; j++) {
        int chosen = index("gather", indices, j, size);
        moveOrClear(
            chosen < 0 ? null : x, (o * size + chosen) * inner, y, (o * n + j) * inner, inner);
      }
    }
  }

  @Override
  public final void scatterAdd(Tensor y, int axis, Tensor indices, Tensor x) {
    requireFloats("scatterAdd", x);
    int inner = x.shape().inner(axis);
    int size = x.extent(axis);
    int n = indices.size();
    for (int o = 0; o < x.shape().outer(axis); o++) {
      for (int j = 0; j < n; j++) {
        int chosen = index("scatterAdd", indices, j, size);
        if (chosen >= 0) {
          scaleAdd(1f, y, (o * n + j) * inner, 1f, x, (o * size + chosen) * inner, inner);
        }
      }
    }
  }

  /** Native memory has no bounds of its own to stop a wrong index. */
  private static int index(String kernel, Tensor indices, int j, int size) {
    int chosen = NativeStorage.integers(indices).get(indices.offset() + j);
    if (chosen < -1 || chosen >= size) {
      throw new InvalidArgumentException(
          kernel,
          "index " + chosen,
          "an index in [-1, " + size + ")",
          "Check the vocabulary the indices were made with");
    }
    return chosen;
  }

  @Override
  public final void slice(Tensor x, int axis, int from, Tensor y) {
    int inner = x.shape().inner(axis);
    int stride = x.extent(axis) * inner;
    int length = y.extent(axis) * inner;
    for (int o = 0; o < x.shape().outer(axis); o++) {
      move(x, o * stride + from * inner, y, o * length, length);
    }
  }

  @Override
  public final void insert(Tensor y, double beta, int axis, int from, Tensor x) {
    int inner = x.shape().inner(axis);
    int stride = x.extent(axis) * inner;
    int length = y.extent(axis) * inner;
    for (int o = 0; o < x.shape().outer(axis); o++) {
      int to = o * stride + from * inner;
      if (beta == 0) {
        move(y, o * length, x, to, length);
      } else {
        requireFloats("insert", x);
        scaleAdd(1f, y, o * length, (float) beta, x, to, length);
      }
    }
  }

  @Override
  public final void transpose(Tensor x, Tensor y) {
    int a = x.extent(0);
    int b = x.extent(1);
    int inner = x.size() / (a * b);
    if (inner > 1) {
      for (int i = 0; i < a; i++) {
        for (int j = 0; j < b; j++) {
          move(x, (i * b + j) * inner, y, (j * a + i) * inner, inner);
        }
      }
      return;
    }
    IntBuffer source = NativeStorage.integers(x);
    IntBuffer target = NativeStorage.integers(y);
    // Sixteen columns at a time, so that a cache line of y is written whole.
    for (int j0 = 0; j0 < b; j0 += 16) {
      for (int i = 0; i < a; i++) {
        for (int j = j0; j < Math.min(b, j0 + 16); j++) {
          target.put(y.offset() + j * a + i, source.get(x.offset() + i * b + j));
        }
      }
    }
  }

  @Override
  public final void select(Tensor lengths, int time, Tensor inside, Tensor past, Tensor y) {
    int width = y.size() / y.extent(0);
    for (int b = 0; b < y.extent(0); b++) {
      Tensor chosen = time < length(lengths, b) ? inside : past;
      moveOrClear(chosen, b * width, y, b * width, width);
    }
  }

  @Override
  public final void maskPast(Tensor lengths, Tensor x, Tensor y) {
    int batch = y.extent(1);
    int width = y.shape().inner(1);
    for (int t = 0; t < y.extent(0); t++) {
      for (int b = 0; b < batch; b++) {
        int row = (t * batch + b) * width;
        moveOrClear(t < length(lengths, b) ? x : null, row, y, row, width);
      }
    }
  }

  @Override
  public final void reverse(Tensor lengths, Tensor x, Tensor y) {
    int batch = y.extent(1);
    int width = y.shape().inner(1);
    for (int t = 0; t < y.extent(0); t++) {
      for (int b = 0; b < batch; b++) {
        int from = length(lengths, b) - 1 - t;
        moveOrClear(
            from < 0 ? null : x, (from * batch + b) * width, y, (t * batch + b) * width, width);
      }
    }
  }

  @Override
  public final void last(Tensor lengths, Tensor x, Tensor y) {
    int batch = x.extent(1);
    int width = x.shape().inner(1);
    for (int b = 0; b < batch; b++) {
      int from = length(lengths, b) - 1;
      moveOrClear(from < 0 ? null : x, (from * batch + b) * width, y, b * width, width);
    }
  }

  @Override
  public final void addToLast(Tensor y, Tensor lengths, Tensor x) {
    requireFloats("addToLast", x);
    int batch = x.extent(1);
    int width = x.shape().inner(1);
    for (int b = 0; b < batch; b++) {
      int to = length(lengths, b) - 1;
      if (to >= 0) {
        scaleAdd(1f, y, b * width, 1f, x, (to * batch + b) * width, width);
      }
    }
  }

  private static int length(Tensor lengths, int row) {
    return NativeStorage.integers(lengths).get(lengths.offset() + row);
  }

  /** Copies n elements, or writes zeros where there is no source. */
  private static void moveOrClear(Tensor x, int from, Tensor y, int to, int n) {
    if (x == null) {
      fill(0, y, to, n);
    } else {
      move(x, from, y, to, n);
    }
  }
}
