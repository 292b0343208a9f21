package org.recur4j.backend.ejml;

import static org.recur4j.backend.ejml.HeapStorage.doubles;
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
      case FLOAT64 -> Arrays.fill(doubles(y), offset, offset + n, value);
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
      case FLOAT64 -> doubles(x)[offset];
      case INT32 -> HeapStorage.ints(x)[offset];
    };
  }

  @Override
  public final void scaleAdd(double alpha, Tensor x, double beta, Tensor y) {
    KernelScratch scratch = scratchPool.take();
    if (isSingle("scaleAdd", y)) {
      scratch.floatRuns.scaleAdd(
          (float) alpha, floats(x), x.offset(), (float) beta, floats(y), y.offset(), y.size());
    } else {
      scratch.doubleRuns.scaleAdd(
          alpha, doubles(x), x.offset(), beta, doubles(y), y.offset(), y.size());
    }
    scratchPool.give(scratch);
  }

  @Override
  public final void affine(double alpha, double beta, Tensor x, Tensor y) {
    KernelScratch scratch = scratchPool.take();
    if (isSingle("affine", y)) {
      scratch.floatRuns.affine(
          (float) alpha, (float) beta, floats(x), x.offset(), floats(y), y.offset(), y.size());
    } else {
      scratch.doubleRuns.affine(
          alpha, beta, doubles(x), x.offset(), doubles(y), y.offset(), y.size());
    }
    scratchPool.give(scratch);
  }

  @Override
  public final void unary(Unary function, Tensor x, Tensor y) {
    KernelScratch scratch = scratchPool.take();
    if (isSingle("unary", y)) {
      scratch.floatRuns.unary(function, floats(x), x.offset(), floats(y), y.offset(), y.size());
    } else {
      scratch.doubleRuns.unary(function, doubles(x), x.offset(), doubles(y), y.offset(), y.size());
    }
    scratchPool.give(scratch);
  }

  @Override
  public final void binary(Binary function, Tensor a, Tensor b, Tensor y) {
    boolean single = isSingle("binary", y);
    KernelScratch scratch = scratchPool.take();
    BroadcastRuns runs = scratch.broadcast;
    runs.plan(y.shape(), a.shape(), b.shape());
    int n = runs.length();
    for (int run = 0; run < runs.count(); run++) {
      int ao = a.offset() + runs.firstOffset(run);
      int bo = b.offset() + runs.secondOffset(run);
      int yo = y.offset() + run * n;
      if (single) {
        scratch.floatRuns.binary(
            function,
            floats(a),
            ao,
            runs.firstStep(),
            floats(b),
            bo,
            runs.secondStep(),
            floats(y),
            yo,
            n);
      } else {
        scratch.doubleRuns.binary(
            function,
            doubles(a),
            ao,
            runs.firstStep(),
            doubles(b),
            bo,
            runs.secondStep(),
            doubles(y),
            yo,
            n);
      }
    }
    scratchPool.give(scratch);
  }

  @Override
  public final void addProduct(Tensor a, Tensor b, Tensor y) {
    KernelScratch scratch = scratchPool.take();
    if (isSingle("addProduct", y)) {
      scratch.floatRuns.addProduct(
          floats(a), a.offset(), floats(b), b.offset(), floats(y), y.offset(), y.size());
    } else {
      scratch.doubleRuns.addProduct(
          doubles(a), a.offset(), doubles(b), b.offset(), doubles(y), y.offset(), y.size());
    }
    scratchPool.give(scratch);
  }

  @Override
  public final void activation(Activation function, Tensor x, Tensor y) {
    KernelScratch scratch = scratchPool.take();
    if (isSingle("activation", y)) {
      scratch.floatRuns.activation(
          function, floats(x), x.offset(), floats(y), y.offset(), y.size());
    } else {
      scratch.doubleRuns.activation(
          function, doubles(x), x.offset(), doubles(y), y.offset(), y.size());
    }
    scratchPool.give(scratch);
  }

  @Override
  public final void activationGradient(Activation function, Tensor y, Tensor dy, Tensor dx) {
    KernelScratch scratch = scratchPool.take();
    int n = y.size();
    if (isSingle("activationGradient", y)) {
      scratch.floatRuns.activationGradient(
          function, floats(y), y.offset(), floats(dy), dy.offset(), floats(dx), dx.offset(), n);
    } else {
      scratch.doubleRuns.activationGradient(
          function, doubles(y), y.offset(), doubles(dy), dy.offset(), doubles(dx), dx.offset(), n);
    }
    scratchPool.give(scratch);
  }
}
