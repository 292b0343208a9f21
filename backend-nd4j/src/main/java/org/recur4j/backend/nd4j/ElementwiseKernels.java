package org.recur4j.backend.nd4j;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.CellSteps;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.spi.BroadcastRuns;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** Elementwise kernels: native memory to heap chunk, a loop, and back. */
abstract class ElementwiseKernels extends ProductKernels implements CellSteps {
  ElementwiseKernels(Workers workers) {
    super(workers);
  }

  @Override
  public final void fill(double value, Tensor y) {
    fill(bits(value, y), y, 0, y.size());
    y.markWritten();
  }

  /** The 32 bits of a value in a tensor's type. */
  static int bits(double value, Tensor y) {
    return y.dataType() == DataType.INT32 ? (int) value : Float.floatToRawIntBits((float) value);
  }

  /** Sets n elements from one of the tensor's own on. */
  static void fill(int bits, Tensor y, int from, int n) {
    IntBuffer target = NativeStorage.integers(y);
    int start = y.offset() + from;
    int head = Math.min(n, 16);
    for (int j = 0; j < head; j++) {
      target.put(start + j, bits);
    }
    // What is filled already is copied behind itself, twice as much each time.
    for (int done = head; done < n; done *= 2) {
      target.put(start + done, target, start, Math.min(done, n - done));
    }
  }

  /** Copies n elements of any type. */
  static void move(Tensor x, int from, Tensor y, int to, int n) {
    NativeStorage.integers(y).put(y.offset() + to, NativeStorage.integers(x), x.offset() + from, n);
  }

  @Override
  public final void copy(Tensor x, Tensor y) {
    Chunks scratch = pool.take();
    BroadcastRuns runs = scratch.broadcast;
    runs.plan(y.shape(), x.shape(), x.shape());
    int n = runs.length();
    for (int run = 0; run < runs.count(); run++) {
      if (runs.firstStep() == 1) {
        move(x, runs.firstOffset(run), y, run * n, n);
      } else {
        fill(NativeStorage.integers(x).get(x.offset() + runs.firstOffset(run)), y, run * n, n);
      }
    }
    pool.give(scratch);
    y.markWritten();
  }

  @Override
  public final void scaleAdd(double alpha, Tensor x, double beta, Tensor y) {
    requireFloats("scaleAdd", y);
    scaleAdd((float) alpha, x, 0, (float) beta, y, 0, y.size());
  }

  /** y = αx + βy over n elements, from given ones on. */
  final void scaleAdd(float alpha, Tensor x, int from, float beta, Tensor y, int to, int n) {
    FloatBuffer source = NativeStorage.floats(x);
    FloatBuffer target = NativeStorage.floats(y);
    Chunks s = pool.take();
    for (int i = 0; i < n; i += Chunks.SIZE) {
      int m = Math.min(Chunks.SIZE, n - i);
      source.get(x.offset() + from + i, s.a, 0, m);
      if (beta != 0f) {
        target.get(y.offset() + to + i, s.b, 0, m);
      }
      Loops.scaleAdd(alpha, s.a, beta, s.b, m);
      target.put(y.offset() + to + i, s.b, 0, m);
    }
    pool.give(s);
  }

  @Override
  public final void affine(double alpha, double beta, Tensor x, Tensor y) {
    FloatBuffer source = floats("affine", x);
    FloatBuffer target = floats("affine", y);
    Chunks s = pool.take();
    for (int i = 0; i < y.size(); i += Chunks.SIZE) {
      int m = Math.min(Chunks.SIZE, y.size() - i);
      source.get(x.offset() + i, s.a, 0, m);
      Loops.affine((float) alpha, (float) beta, s.a, m);
      target.put(y.offset() + i, s.a, 0, m);
    }
    pool.give(s);
  }

  @Override
  public final void unary(Unary function, Tensor x, Tensor y) {
    FloatBuffer source = floats("unary", x);
    FloatBuffer target = floats("unary", y);
    Chunks s = pool.take();
    for (int i = 0; i < y.size(); i += Chunks.SIZE) {
      int m = Math.min(Chunks.SIZE, y.size() - i);
      source.get(x.offset() + i, s.a, 0, m);
      Loops.unary(function, s.a, m);
      target.put(y.offset() + i, s.a, 0, m);
    }
    pool.give(s);
  }

  @Override
  public final void binary(Binary function, Tensor a, Tensor b, Tensor y) {
    FloatBuffer left = floats("binary", a);
    FloatBuffer right = floats("binary", b);
    FloatBuffer target = floats("binary", y);
    Chunks s = pool.take();
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
    pool.give(s);
  }

  /** An operand that stands still within a run is read once and repeated. */
  private static void load(FloatBuffer source, int start, int step, int i, float[] to, int m) {
    if (step == 1) {
      source.get(start + i, to, 0, m);
    } else {
      Arrays.fill(to, 0, m, source.get(start));
    }
  }

  @Override
  public final void addProduct(Tensor a, Tensor b, Tensor y) {
    FloatBuffer left = floats("addProduct", a);
    FloatBuffer right = floats("addProduct", b);
    FloatBuffer target = floats("addProduct", y);
    Chunks s = pool.take();
    for (int i = 0; i < y.size(); i += Chunks.SIZE) {
      int m = Math.min(Chunks.SIZE, y.size() - i);
      left.get(a.offset() + i, s.a, 0, m);
      right.get(b.offset() + i, s.b, 0, m);
      target.get(y.offset() + i, s.c, 0, m);
      Loops.addProduct(s.a, s.b, s.c, m);
      target.put(y.offset() + i, s.c, 0, m);
    }
    pool.give(s);
  }

  @Override
  public final void activation(Activation function, Tensor x, Tensor y) {
    FloatBuffer source = floats("activation", x);
    FloatBuffer target = floats("activation", y);
    Chunks s = pool.take();
    for (int i = 0; i < y.size(); i += Chunks.SIZE) {
      int m = Math.min(Chunks.SIZE, y.size() - i);
      source.get(x.offset() + i, s.a, 0, m);
      Loops.activation(function, s.a, m);
      target.put(y.offset() + i, s.a, 0, m);
    }
    pool.give(s);
  }

  @Override
  public final void activationGradient(Activation function, Tensor y, Tensor dy, Tensor dx) {
    FloatBuffer output = floats("activationGradient", y);
    FloatBuffer source = floats("activationGradient", dy);
    FloatBuffer target = floats("activationGradient", dx);
    Chunks s = pool.take();
    for (int i = 0; i < y.size(); i += Chunks.SIZE) {
      int m = Math.min(Chunks.SIZE, y.size() - i);
      output.get(y.offset() + i, s.a, 0, m);
      source.get(dy.offset() + i, s.b, 0, m);
      Loops.activationGradient(function, s.a, s.b, m);
      target.put(dx.offset() + i, s.b, 0, m);
    }
    pool.give(s);
  }

  static FloatBuffer floats(String kernel, Tensor tensor) {
    requireFloats(kernel, tensor);
    return NativeStorage.floats(tensor);
  }
}
