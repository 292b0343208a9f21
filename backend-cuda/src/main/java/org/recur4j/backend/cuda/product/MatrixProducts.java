package org.recur4j.backend.cuda.product;

import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.LaunchQueue;

/**
 * The matrix products of an open device, by the backend's own kernels or by cuBLAS. Their device
 * memory is freed with the device.
 */
public final class MatrixProducts {
  private final Device device;
  private final Tiling tiling;

  /** Null for the backend's own kernels. */
  private final Cublas cublas;

  private final DevicePointers pointers = new DevicePointers();

  /** Opens cuBLAS if it is the engine; its library must have been loaded. */
  public MatrixProducts(Device device, Tiling tiling, ProductEngine engine) {
    this.device = device;
    this.tiling = tiling;
    if (engine == ProductEngine.OWN) {
      this.cublas = null;
      return;
    }
    LaunchQueue queue = device.queue();
    synchronized (queue) {
      queue.enter();
      this.cublas = new Cublas(queue.main(), device.side());
      device.onClose(cublas::close);
    }
  }

  /** Returns products in single precision, or with operands rounded to TF32 on tensor cores. */
  public Gemm gemm(boolean tensorCores) {
    return cublas == null
        ? new OwnGemm(device, tiling, tensorCores)
        : new CublasGemm(device, cublas, pointers, tensorCores);
  }

  /** Returns the tiling of the backend's own kernels. */
  public Tiling tiling() {
    return tiling;
  }

  /** Returns whether cuBLAS is the engine. */
  public boolean hasCublas() {
    return cublas != null;
  }

  /** Returns a description of the engine and the reason for its choice. */
  public String engine() {
    return cublas == null
        ? ProductEngine.describeOwn(device.facts())
        : ProductEngine.describeCublas(device.facts(), cublas.version());
  }
}
