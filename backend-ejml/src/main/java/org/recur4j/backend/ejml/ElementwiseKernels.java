package org.recur4j.backend.ejml;

import static org.recur4j.backend.ejml.HeapStorage.floats;

import java.util.Arrays;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.CellSteps;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.spi.BroadcastRuns;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.Tensor;

/** Elementwise kernels. */
abstract class ElementwiseKernels extends ProductKernels implements CellSteps {
  ElementwiseKernels(Workers workers, FloatEngine engine) {
    super(workers, engine);
  }

  @Override
  public final void fill(double value, Tensor y) {
    fill(value, y, y.offset(), y.size());
    y.markWritten();
  }

  /** Sets n elements of y's array from an absolute offset. */
  static void fill(double value, Tensor y, int offset, int n) {
    switch (y.dataType()) {
      case FLOAT32 -> Arrays.fill(floats(y), offset, offset + n, (float) value);
      case FLOAT64 -> Arrays.fill(HeapStorage.doubles(y), offset, offset + n, value);
      case INT32 -> Arrays.fill(HeapStorage.ints(y), offset, offset + n, (int) value);
    }
  }

  @Override
  public final void copy(Tensor x, Tensor y) {
    KernelScratch scratch = scratchPool.take();
    BroadcastRuns runs = scratch.broadcast;
    runs.plan(y.shape(), x.shape(), x.shape());
    Object source = HeapStorage.array(x);
    Object target = HeapStorage.array(y);
    for (int run = 0; run < runs.count(); run++) {
      int from = x.offset() + runs.firstOffset(run);
      int to = y.offset() + run * runs.length();
      if (runs.firstStep() == 1 || runs.length() == 1) {
        System.arraycopy(source, from, target, to, runs.length());
      } else {
        fill(element(x, from), y, to, runs.length());
      }
    }
    scratchPool.give(scratch);
    y.markWritten();
  }

  /** One element by its absolute offset; every int is a double. */
  static double element(Tensor x, int offset) {
    return switch (x.dataType()) {
      case FLOAT32 -> floats(x)[offset];
      case FLOAT64 -> HeapStorage.doubles(x)[offset];
      case INT32 -> HeapStorage.ints(x)[offset];
    };
  }

  @Override
  public final void scaleAdd(double alpha, Tensor x, double beta, Tensor y) {
    if (!isSingle("scaleAdd", y)) {
      doubles.scaleAdd(alpha, x, beta, y);
      return;
    }
    KernelScratch scratch = scratchPool.take();
    scratch.floatRuns.scaleAdd(
        (float) alpha, floats(x), x.offset(), (float) beta, floats(y), y.offset(), y.size());
    scratchPool.give(scratch);
  }

  @Override
  public final void affine(double alpha, double beta, Tensor x, Tensor y) {
    if (!isSingle("affine", y)) {
      doubles.affine(alpha, beta, x, y);
      return;
    }
    KernelScratch scratch = scratchPool.take();
    scratch.floatRuns.affine(
        (float) alpha, (float) beta, floats(x), x.offset(), floats(y), y.offset(), y.size());
    scratchPool.give(scratch);
  }

  @Override
  public final void unary(Unary function, Tensor x, Tensor y) {
    if (!isSingle("unary", y)) {
      doubles.unary(function, x, y);
      return;
    }
    KernelScratch scratch = scratchPool.take();
    scratch.floatRuns.unary(function, floats(x), x.offset(), floats(y), y.offset(), y.size());
    scratchPool.give(scratch);
  }

  @Override
  public final void binary(Binary function, Tensor a, Tensor b, Tensor y) {
    if (!isSingle("binary", y)) {
      doubles.binary(function, a, b, y);
      return;
    }
    KernelScratch scratch = scratchPool.take();
    BroadcastRuns runs = scratch.broadcast;
    runs.plan(y.shape(), a.shape(), b.shape());
    int n = runs.length();
    for (int run = 0; run < runs.count(); run++) {
      scratch.floatRuns.binary(
          function,
          floats(a),
          a.offset() + runs.firstOffset(run),
          runs.firstStep(),
          floats(b),
          b.offset() + runs.secondOffset(run),
          runs.secondStep(),
          floats(y),
          y.offset() + run * n,
          n);
    }
    scratchPool.give(scratch);
  }

  @Override
  public final void addProduct(Tensor a, Tensor b, Tensor y) {
    if (!isSingle("addProduct", y)) {
      doubles.addProduct(a, b, y);
      return;
    }
    KernelScratch scratch = scratchPool.take();
    scratch.floatRuns.addProduct(
        floats(a), a.offset(), floats(b), b.offset(), floats(y), y.offset(), y.size());
    scratchPool.give(scratch);
  }

  @Override
  public final void activation(Activation function, Tensor x, Tensor y) {
    if (!isSingle("activation", y)) {
      doubles.activation(function, x, y);
      return;
    }
    KernelScratch scratch = scratchPool.take();
    scratch.floatRuns.activation(function, floats(x), x.offset(), floats(y), y.offset(), y.size());
    scratchPool.give(scratch);
  }

  @Override
  public final void activationGradient(Activation function, Tensor y, Tensor dy, Tensor dx) {
    if (!isSingle("activationGradient", y)) {
      doubles.activationGradient(function, y, dy, dx);
      return;
    }
    int n = y.size();
    KernelScratch scratch = scratchPool.take();
    scratch.floatRuns.activationGradient(
        function, floats(y), y.offset(), floats(dy), dy.offset(), floats(dx), dx.offset(), n);
    scratchPool.give(scratch);
  }
}
