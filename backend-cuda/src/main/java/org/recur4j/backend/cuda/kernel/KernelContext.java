package org.recur4j.backend.cuda.kernel;

import java.util.EnumMap;
import java.util.Map;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.DeviceAddress;
import org.recur4j.backend.cuda.driver.DeviceBlocks;
import org.recur4j.backend.cuda.driver.Kernel;
import org.recur4j.backend.cuda.driver.LaunchQueue;
import org.recur4j.backend.cuda.driver.MergedAxes;
import org.recur4j.backend.cuda.product.Gemm;
import org.recur4j.backend.cuda.product.MatrixProducts;

/** The launch queue, device functions and scratch memory shared by all kernel families. */
final class KernelContext implements AutoCloseable {
  /** The capacity of {@link #parts}. */
  static final int MOST_PARTS = 1024;

  final LaunchQueue queue;
  final Gemm product;
  final MergedAxes axes = new MergedAxes();
  final MergedAxes folded = new MergedAxes();

  /** Partial sums in double precision. */
  final DeviceAddress parts;

  private final DeviceBlocks blocks;
  private final Map<KernelName, Kernel> kernels = new EnumMap<>(KernelName.class);

  KernelContext(Device device, MatrixProducts products) {
    this.queue = device.queue();
    this.product = products.gemm(false);
    for (KernelName name : KernelName.values()) {
      kernels.put(name, device.module().kernel(name.function()));
    }
    this.blocks = device.blocks();
    this.parts = blocks.reserve((long) MOST_PARTS * Double.BYTES, () -> {});
  }

  /** Begins the launch of a kernel; the caller holds the queue's monitor. */
  LaunchQueue begin(KernelName name) {
    return queue.begin(kernels.get(name));
  }

  /** Throws an exception if a tensor is not FLOAT32. */
  static void requireFloat(String kernel, Tensor tensor) {
    if (tensor.dataType() != DataType.FLOAT32) {
      throw new InvalidArgumentException(
          kernel,
          tensor.toString(),
          "a FLOAT32 tensor",
          "Use INT32 for indices and lengths only; use the backend ejml for FLOAT64");
    }
  }

  @Override
  public void close() {
    blocks.free(parts);
  }
}
