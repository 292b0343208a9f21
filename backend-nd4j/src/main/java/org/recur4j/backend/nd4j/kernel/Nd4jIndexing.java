package org.recur4j.backend.nd4j.kernel;

import java.nio.IntBuffer;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Indexing;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.natives.NativeStorage;

/** Kernels that copy elements of any type, 32 bits at a time. */
interface Nd4jIndexing extends Indexing {
  /** Returns the context shared by all kernel families. */
  KernelContext context();

  @Override
  default void gather(Tensor x, int axis, Tensor indices, Tensor y) {
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
  default void scatterAdd(Tensor y, int axis, Tensor indices, Tensor x) {
    NativeStorage.requireFloats("scatterAdd", x);
    int inner = x.shape().inner(axis);
    int size = x.extent(axis);
    int n = indices.size();
    for (int o = 0; o < x.shape().outer(axis); o++) {
      for (int j = 0; j < n; j++) {
        int chosen = index("scatterAdd", indices, j, size);
        if (chosen >= 0) {
          context().scaleAdd(1f, y, (o * n + j) * inner, 1f, x, (o * size + chosen) * inner, inner);
        }
      }
    }
  }

  /** Returns an index after validating it, because native memory has no bounds checks. */
  private static int index(String kernel, Tensor indices, int j, int size) {
    int chosen = NativeStorage.integers(indices).get(indices.offset() + j);
    if (chosen < -1 || chosen >= size) {
      throw new InvalidArgumentException(
          kernel,
          "index " + chosen,
          "an index in [-1, " + size + ")",
          "Check the vocabulary that produced the indices");
    }
    return chosen;
  }

  @Override
  default void slice(Tensor x, int axis, int from, Tensor y) {
    int inner = x.shape().inner(axis);
    int stride = x.extent(axis) * inner;
    int length = y.extent(axis) * inner;
    for (int o = 0; o < x.shape().outer(axis); o++) {
      KernelContext.move(x, o * stride + from * inner, y, o * length, length);
    }
  }

  @Override
  default void insert(Tensor y, double beta, int axis, int from, Tensor x) {
    int inner = x.shape().inner(axis);
    int stride = x.extent(axis) * inner;
    int length = y.extent(axis) * inner;
    for (int o = 0; o < x.shape().outer(axis); o++) {
      int to = o * stride + from * inner;
      if (beta == 0) {
        KernelContext.move(y, o * length, x, to, length);
      } else {
        NativeStorage.requireFloats("insert", x);
        context().scaleAdd(1f, y, o * length, (float) beta, x, to, length);
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
          KernelContext.move(x, (i * b + j) * inner, y, (j * a + i) * inner, inner);
        }
      }
      return;
    }
    IntBuffer source = NativeStorage.integers(x);
    IntBuffer target = NativeStorage.integers(y);
    // Sixteen columns at a time, so that a cache line of y is written completely.
    for (int j0 = 0; j0 < b; j0 += 16) {
      for (int i = 0; i < a; i++) {
        for (int j = j0; j < Math.min(b, j0 + 16); j++) {
          target.put(y.offset() + j * a + i, source.get(x.offset() + i * b + j));
        }
      }
    }
  }

  @Override
  default void select(Tensor lengths, int time, Tensor inside, Tensor past, Tensor y) {
    int width = y.size() / y.extent(0);
    for (int b = 0; b < y.extent(0); b++) {
      Tensor chosen = time < length(lengths, b) ? inside : past;
      moveOrClear(chosen, b * width, y, b * width, width);
    }
  }

  @Override
  default void maskPast(Tensor lengths, Tensor x, Tensor y) {
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
  default void reverse(Tensor lengths, Tensor x, Tensor y) {
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
  default void last(Tensor lengths, Tensor x, Tensor y) {
    int batch = x.extent(1);
    int width = x.shape().inner(1);
    for (int b = 0; b < batch; b++) {
      int from = length(lengths, b) - 1;
      moveOrClear(from < 0 ? null : x, (from * batch + b) * width, y, b * width, width);
    }
  }

  @Override
  default void addToLast(Tensor y, Tensor lengths, Tensor x) {
    NativeStorage.requireFloats("addToLast", x);
    int batch = x.extent(1);
    int width = x.shape().inner(1);
    for (int b = 0; b < batch; b++) {
      int to = length(lengths, b) - 1;
      if (to >= 0) {
        context().scaleAdd(1f, y, b * width, 1f, x, (to * batch + b) * width, width);
      }
    }
  }

  private static int length(Tensor lengths, int row) {
    return NativeStorage.integers(lengths).get(lengths.offset() + row);
  }

  /** Copies n elements, or writes zeros if there is no source. */
  private static void moveOrClear(Tensor x, int from, Tensor y, int to, int n) {
    if (x == null) {
      KernelContext.fill(0, y, to, n);
    } else {
      KernelContext.move(x, from, y, to, n);
    }
  }
}
