package org.recur4j.backend.cuda;

import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Elementwise;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** Elementwise kernels. */
abstract class ElementwiseKernels extends ProductKernels implements Elementwise {
  private final Kernel fillWords = module.kernel("fill_words");
  private final Kernel copyWords = module.kernel("copy_words");
  private final Kernel scaleAdd = module.kernel("scale_add");
  private final Kernel affineMap = module.kernel("affine_map");
  private final Kernel unaryMap = module.kernel("unary_map");
  private final Kernel binaryMap = module.kernel("binary_map");
  private final Kernel addProduct = module.kernel("add_product");
  private final Kernel activationMap = module.kernel("activation_map");
  private final Kernel activationGradient = module.kernel("activation_gradient");

  ElementwiseKernels(Device device) {
    super(device);
  }

  @Override
  public final void fill(double value, Tensor y) {
    int bits =
        y.dataType() == DataType.INT32 ? (int) value : Float.floatToRawIntBits((float) value);
    synchronized (queue) {
      queue.begin(fillWords).tensor(y).integer(bits).integer(y.size()).overElements(y.size());
    }
    y.markWritten();
  }

  @Override
  public final void copy(Tensor x, Tensor y) {
    synchronized (queue) {
      queue.begin(copyWords).tensor(x).tensor(y).integer(y.size());
      axes.broadcast(y.shape(), x.shape(), x.shape());
      axes.writeBroadcast(queue);
      queue.overElements(y.size());
    }
    y.markWritten();
  }

  @Override
  public final void scaleAdd(double alpha, Tensor x, double beta, Tensor y) {
    requireFloat("scaleAdd", y);
    synchronized (queue) {
      queue.begin(scaleAdd).tensor(x).tensor(y).number(alpha).number(beta).integer(y.size());
      queue.overElements(y.size());
    }
  }

  @Override
  public final void affine(double alpha, double beta, Tensor x, Tensor y) {
    requireFloat("affine", y);
    synchronized (queue) {
      queue.begin(affineMap).tensor(x).tensor(y).number(alpha).number(beta).integer(y.size());
      queue.overElements(y.size());
    }
  }

  @Override
  public final void unary(Unary function, Tensor x, Tensor y) {
    requireFloat("unary", y);
    synchronized (queue) {
      queue.begin(unaryMap).tensor(x).tensor(y).integer(KernelCodes.of(function)).integer(y.size());
      queue.overElements(y.size());
    }
  }

  @Override
  public final void binary(Binary function, Tensor a, Tensor b, Tensor y) {
    requireFloat("binary", y);
    synchronized (queue) {
      queue.begin(binaryMap).tensor(a).tensor(b).tensor(y);
      queue.integer(KernelCodes.of(function)).integer(y.size());
      axes.broadcast(y.shape(), a.shape(), b.shape());
      axes.writeBroadcast(queue);
      queue.overElements(y.size());
    }
  }

  @Override
  public final void addProduct(Tensor a, Tensor b, Tensor y) {
    requireFloat("addProduct", y);
    synchronized (queue) {
      queue.begin(addProduct).tensor(a).tensor(b).tensor(y).integer(y.size());
      queue.overElements(y.size());
    }
  }

  @Override
  public final void activation(Activation function, Tensor x, Tensor y) {
    requireFloat("activation", y);
    synchronized (queue) {
      queue.begin(activationMap).tensor(x).tensor(y).activation(function).integer(y.size());
      queue.overElements(y.size());
    }
  }

  @Override
  public final void activationGradient(Activation function, Tensor y, Tensor dy, Tensor dx) {
    requireFloat("activationGradient", y);
    synchronized (queue) {
      queue.begin(activationGradient).tensor(y).tensor(dy).tensor(dx);
      queue.activation(function).integer(y.size()).overElements(y.size());
    }
  }
}
