package org.recur4j.backend.nd4j.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.CellSteps;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.spi.BroadcastRuns;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.natives.NativeStorage;

/**
 * Elementwise kernels, which copy chunks of native memory to the heap, process them there, and copy
 * the results back.
 */
interface Nd4jElementwise extends CellSteps {
  /** Returns the context shared by all kernel families. */
  KernelContext context();

  @Override
  default void fill(double value, Tensor y) {
    int bits =
        y.dataType() == DataType.INT32 ? (int) value : Float.floatToRawIntBits((float) value);
    KernelContext.fill(bits, y, 0, y.size());
    y.markWritten();
  }

  @Override
  default void copy(Tensor x, Tensor y) {
    Chunks scratch = context().chunks.take();
    BroadcastRuns runs = scratch.broadcast;
    runs.plan(y.shape(), x.shape(), x.shape());
    int n = runs.length();
    for (int run = 0; run < runs.count(); run++) {
      if (runs.firstStep() == 1) {
        KernelContext.move(x, runs.firstOffset(run), y, run * n, n);
      } else {
        KernelContext.fill(
            NativeStorage.integers(x).get(x.offset() + runs.firstOffset(run)), y, run * n, n);
      }
    }
    context().chunks.give(scratch);
    y.markWritten();
  }

  @Override
  default void scaleAdd(double alpha, Tensor x, double beta, Tensor y) {
    NativeStorage.requireFloats("scaleAdd", y);
    context().scaleAdd((float) alpha, x, 0, (float) beta, y, 0, y.size());
  }

  @Override
  default void affine(double alpha, double beta, Tensor x, Tensor y) {
    FloatBuffer source = NativeStorage.floats("affine", x);
    FloatBuffer target = NativeStorage.floats("affine", y);
    Chunks s = context().chunks.take();
    for (int i = 0; i < y.size(); i += Chunks.SIZE) {
      int m = Math.min(Chunks.SIZE, y.size() - i);
      source.get(x.offset() + i, s.a, 0, m);
      Loops.affine((float) alpha, (float) beta, s.a, m);
      target.put(y.offset() + i, s.a, 0, m);
    }
    context().chunks.give(s);
  }

  @Override
  default void unary(Unary function, Tensor x, Tensor y) {
    FloatBuffer source = NativeStorage.floats("unary", x);
    FloatBuffer target = NativeStorage.floats("unary", y);
    Chunks s = context().chunks.take();
    for (int i = 0; i < y.size(); i += Chunks.SIZE) {
      int m = Math.min(Chunks.SIZE, y.size() - i);
      source.get(x.offset() + i, s.a, 0, m);
      Loops.unary(function, s.a, m);
      target.put(y.offset() + i, s.a, 0, m);
    }
    context().chunks.give(s);
  }

  @Override
  default void binary(Binary function, Tensor a, Tensor b, Tensor y) {
    FloatBuffer left = NativeStorage.floats("binary", a);
    FloatBuffer right = NativeStorage.floats("binary", b);
    FloatBuffer target = NativeStorage.floats("binary", y);
    Chunks s = context().chunks.take();
    BroadcastRuns runs = s.broadcast;
    runs.plan(y.shape(), a.shape(), b.shape());
    int n = runs.length();
    for (int run = 0; run < runs.count(); run++) {
      int startA = a.offset() + runs.firstOffset(run);
      int startB = b.offset() + runs.secondOffset(run);
      for (int i = 0; i < n; i += Chunks.SIZE) {
        int m = Math.min(Chunks.SIZE, n - i);
        load(left, startA, runs.firstStep(), i, s.a, m);
        load(right, startB, runs.secondStep(), i, s.b, m);
        Loops.binary(function, s.a, s.b, m);
        target.put(y.offset() + run * n + i, s.a, 0, m);
      }
    }
    context().chunks.give(s);
  }

  /** Loads an operand; one that is constant within a run is read once and repeated. */
  private static void load(FloatBuffer source, int start, int step, int i, float[] to, int m) {
    if (step == 1) {
      source.get(start + i, to, 0, m);
    } else {
      Arrays.fill(to, 0, m, source.get(start));
    }
  }

  @Override
  default void addProduct(Tensor a, Tensor b, Tensor y) {
    FloatBuffer left = NativeStorage.floats("addProduct", a);
    FloatBuffer right = NativeStorage.floats("addProduct", b);
    FloatBuffer target = NativeStorage.floats("addProduct", y);
    Chunks s = context().chunks.take();
    for (int i = 0; i < y.size(); i += Chunks.SIZE) {
      int m = Math.min(Chunks.SIZE, y.size() - i);
      left.get(a.offset() + i, s.a, 0, m);
      right.get(b.offset() + i, s.b, 0, m);
      target.get(y.offset() + i, s.c, 0, m);
      Loops.addProduct(s.a, s.b, s.c, m);
      target.put(y.offset() + i, s.c, 0, m);
    }
    context().chunks.give(s);
  }

  @Override
  default void activation(Activation function, Tensor x, Tensor y) {
    FloatBuffer source = NativeStorage.floats("activation", x);
    FloatBuffer target = NativeStorage.floats("activation", y);
    Chunks s = context().chunks.take();
    for (int i = 0; i < y.size(); i += Chunks.SIZE) {
      int m = Math.min(Chunks.SIZE, y.size() - i);
      source.get(x.offset() + i, s.a, 0, m);
      Loops.activation(function, s.a, m);
      target.put(y.offset() + i, s.a, 0, m);
    }
    context().chunks.give(s);
  }

  @Override
  default void activationGradient(Activation function, Tensor y, Tensor dy, Tensor dx) {
    FloatBuffer output = NativeStorage.floats("activationGradient", y);
    FloatBuffer source = NativeStorage.floats("activationGradient", dy);
    FloatBuffer target = NativeStorage.floats("activationGradient", dx);
    Chunks s = context().chunks.take();
    for (int i = 0; i < y.size(); i += Chunks.SIZE) {
      int m = Math.min(Chunks.SIZE, y.size() - i);
      output.get(y.offset() + i, s.a, 0, m);
      source.get(dy.offset() + i, s.b, 0, m);
      Loops.activationGradient(function, s.a, s.b, m);
      target.put(dx.offset() + i, s.b, 0, m);
    }
    context().chunks.give(s);
  }
}
