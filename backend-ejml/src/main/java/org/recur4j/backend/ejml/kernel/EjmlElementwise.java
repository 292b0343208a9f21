package org.recur4j.backend.ejml.kernel;

import static org.recur4j.backend.ejml.array.HeapStorage.array;
import static org.recur4j.backend.ejml.array.HeapStorage.element;
import static org.recur4j.backend.ejml.array.HeapStorage.floats;
import static org.recur4j.backend.ejml.array.HeapStorage.isSingle;

import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.CellSteps;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.spi.BroadcastRuns;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.ejml.array.HeapStorage;

/** Elementwise kernels; for FLOAT32, loops that the JIT compiler vectorizes. */
interface EjmlElementwise extends CellSteps, KernelFamily {
  @Override
  default void fill(double value, Tensor y) {
    HeapStorage.fill(value, y, y.offset(), y.size());
    y.markWritten();
  }

  @Override
  default void copy(Tensor x, Tensor y) {
    KernelScratch scratch = context().scratch.take();
    BroadcastRuns runs = scratch.broadcast;
    runs.plan(y.shape(), x.shape(), x.shape());
    Object source = array(x);
    Object target = array(y);
    for (int run = 0; run < runs.count(); run++) {
      int from = x.offset() + runs.firstOffset(run);
      int to = y.offset() + run * runs.length();
      if (runs.firstStep() == 1 || runs.length() == 1) {
        System.arraycopy(source, from, target, to, runs.length());
      } else {
        HeapStorage.fill(element(x, from), y, to, runs.length());
      }
    }
    context().scratch.give(scratch);
    y.markWritten();
  }

  @Override
  default void scaleAdd(double alpha, Tensor x, double beta, Tensor y) {
    if (!isSingle("scaleAdd", y)) {
      context().doubles.scaleAdd(alpha, x, beta, y);
      return;
    }
    KernelScratch scratch = context().scratch.take();
    scratch.floatRuns.scaleAdd(
        (float) alpha, floats(x), x.offset(), (float) beta, floats(y), y.offset(), y.size());
    context().scratch.give(scratch);
  }

  @Override
  default void affine(double alpha, double beta, Tensor x, Tensor y) {
    if (!isSingle("affine", y)) {
      context().doubles.affine(alpha, beta, x, y);
      return;
    }
    KernelScratch scratch = context().scratch.take();
    scratch.floatRuns.affine(
        (float) alpha, (float) beta, floats(x), x.offset(), floats(y), y.offset(), y.size());
    context().scratch.give(scratch);
  }

  @Override
  default void unary(Unary function, Tensor x, Tensor y) {
    if (!isSingle("unary", y)) {
      context().doubles.unary(function, x, y);
      return;
    }
    KernelScratch scratch = context().scratch.take();
    scratch.floatRuns.unary(function, floats(x), x.offset(), floats(y), y.offset(), y.size());
    context().scratch.give(scratch);
  }

  @Override
  default void binary(Binary function, Tensor a, Tensor b, Tensor y) {
    if (!isSingle("binary", y)) {
      context().doubles.binary(function, a, b, y);
      return;
    }
    KernelScratch scratch = context().scratch.take();
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
    context().scratch.give(scratch);
  }

  @Override
  default void addProduct(Tensor a, Tensor b, Tensor y) {
    if (!isSingle("addProduct", y)) {
      context().doubles.addProduct(a, b, y);
      return;
    }
    KernelScratch scratch = context().scratch.take();
    scratch.floatRuns.addProduct(
        floats(a), a.offset(), floats(b), b.offset(), floats(y), y.offset(), y.size());
    context().scratch.give(scratch);
  }

  @Override
  default void activation(Activation function, Tensor x, Tensor y) {
    if (!isSingle("activation", y)) {
      context().doubles.activation(function, x, y);
      return;
    }
    KernelScratch scratch = context().scratch.take();
    scratch.floatRuns.activation(function, floats(x), x.offset(), floats(y), y.offset(), y.size());
    context().scratch.give(scratch);
  }

  @Override
  default void activationGradient(Activation function, Tensor y, Tensor dy, Tensor dx) {
    if (!isSingle("activationGradient", y)) {
      context().doubles.activationGradient(function, y, dy, dx);
      return;
    }
    int n = y.size();
    KernelScratch scratch = context().scratch.take();
    scratch.floatRuns.activationGradient(
        function, floats(y), y.offset(), floats(dy), dy.offset(), floats(dx), dx.offset(), n);
    context().scratch.give(scratch);
  }
}
