package org.recur4j.backend.cuda.kernel;

import static org.recur4j.backend.cuda.kernel.KernelContext.requireFloat;
import static org.recur4j.backend.cuda.kernel.KernelName.ACTIVATION_GRADIENT;
import static org.recur4j.backend.cuda.kernel.KernelName.ACTIVATION_MAP;
import static org.recur4j.backend.cuda.kernel.KernelName.ADD_PRODUCT;
import static org.recur4j.backend.cuda.kernel.KernelName.AFFINE_MAP;
import static org.recur4j.backend.cuda.kernel.KernelName.BINARY_MAP;
import static org.recur4j.backend.cuda.kernel.KernelName.COPY_WORDS;
import static org.recur4j.backend.cuda.kernel.KernelName.FILL_WORDS;
import static org.recur4j.backend.cuda.kernel.KernelName.SCALE_ADD;
import static org.recur4j.backend.cuda.kernel.KernelName.UNARY_MAP;

import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Elementwise;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.driver.LaunchQueue;

/** Elementwise kernels. */
interface CudaElementwise extends Elementwise {
  /** Returns the context shared by all kernel families. */
  KernelContext context();

  @Override
  default void fill(double value, Tensor y) {
    int bits =
        y.dataType() == DataType.INT32 ? (int) value : Float.floatToRawIntBits((float) value);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(FILL_WORDS).tensor(y).integer(bits).integer(y.size()).overElements(y.size());
    }
    y.markWritten();
  }

  @Override
  default void copy(Tensor x, Tensor y) {
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(COPY_WORDS).tensor(x).tensor(y).integer(y.size());
      context().axes.broadcast(y.shape(), x.shape(), x.shape());
      context().axes.writeBroadcast(queue);
      queue.overElements(y.size());
    }
    y.markWritten();
  }

  @Override
  default void scaleAdd(double alpha, Tensor x, double beta, Tensor y) {
    requireFloat("scaleAdd", y);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(SCALE_ADD).tensor(x).tensor(y).number(alpha).number(beta).integer(y.size());
      queue.overElements(y.size());
    }
  }

  @Override
  default void affine(double alpha, double beta, Tensor x, Tensor y) {
    requireFloat("affine", y);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(AFFINE_MAP).tensor(x).tensor(y).number(alpha).number(beta).integer(y.size());
      queue.overElements(y.size());
    }
  }

  @Override
  default void unary(Unary function, Tensor x, Tensor y) {
    requireFloat("unary", y);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context()
          .begin(UNARY_MAP)
          .tensor(x)
          .tensor(y)
          .integer(KernelCodes.of(function))
          .integer(y.size());
      queue.overElements(y.size());
    }
  }

  @Override
  default void binary(Binary function, Tensor a, Tensor b, Tensor y) {
    requireFloat("binary", y);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(BINARY_MAP).tensor(a).tensor(b).tensor(y);
      queue.integer(KernelCodes.of(function)).integer(y.size());
      context().axes.broadcast(y.shape(), a.shape(), b.shape());
      context().axes.writeBroadcast(queue);
      queue.overElements(y.size());
    }
  }

  @Override
  default void addProduct(Tensor a, Tensor b, Tensor y) {
    requireFloat("addProduct", y);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(ADD_PRODUCT).tensor(a).tensor(b).tensor(y).integer(y.size());
      queue.overElements(y.size());
    }
  }

  @Override
  default void activation(Activation function, Tensor x, Tensor y) {
    requireFloat("activation", y);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(ACTIVATION_MAP).tensor(x).tensor(y);
      KernelCodes.write(function, queue);
      queue.integer(y.size());
      queue.overElements(y.size());
    }
  }

  @Override
  default void activationGradient(Activation function, Tensor y, Tensor dy, Tensor dx) {
    requireFloat("activationGradient", y);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(ACTIVATION_GRADIENT).tensor(y).tensor(dy).tensor(dx);
      KernelCodes.write(function, queue);
      queue.integer(y.size()).overElements(y.size());
    }
  }
}
