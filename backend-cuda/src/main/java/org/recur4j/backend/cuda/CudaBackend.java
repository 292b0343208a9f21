package org.recur4j.backend.cuda;

import java.util.List;
import java.util.Set;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.BackendException;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.spi.PackagedVersion;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Memory;
import org.recur4j.api.tensor.ScopeReport;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.driver.CudaMemory;
import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.DeviceFacts;
import org.recur4j.backend.cuda.driver.LaunchQueue;
import org.recur4j.backend.cuda.driver.Staging;
import org.recur4j.backend.cuda.driver.StagingBuffer;
import org.recur4j.backend.cuda.kernel.CudaKernels;
import org.recur4j.backend.cuda.product.CublasLibrary;
import org.recur4j.backend.cuda.product.MatrixProducts;
import org.recur4j.backend.cuda.product.ProductEngine;
import org.recur4j.backend.cuda.product.Tiling;
import org.recur4j.backend.cuda.sequence.CudaRecurrence;

/** A backend with tensors and kernels on one NVIDIA device. */
final class CudaBackend implements Backend {
  private final BackendOptions options;
  private final Device device;
  private final MatrixProducts products;
  private final LaunchQueue queue;
  private final Staging staging;
  private final CudaMemory memory;
  private final CudaKernels kernels;
  private final CudaRecurrence recurrence;
  private boolean closed;

  private CudaBackend(BackendOptions options, Device device, MatrixProducts products) {
    this.options = options;
    this.device = device;
    this.products = products;
    this.queue = device.queue();
    this.staging = device.staging();
    this.memory = new CudaMemory(device.blocks());
    this.kernels = new CudaKernels(device, products);
    this.recurrence = new CudaRecurrence(device, products, kernels, this);
  }

  static CudaBackend open(BackendOptions options, DeviceFacts facts, Tiling tiling) {
    ProductEngine engine = ProductEngine.of(options);
    if (engine == ProductEngine.CUBLAS) {
      requireCublas();
    }
    Device device = new Device(facts);
    try {
      return new CudaBackend(options, device, new MatrixProducts(device, tiling, engine));
    } catch (RuntimeException failure) {
      device.close();
      throw failure;
    }
  }

  private static void requireCublas() {
    Availability.Unavailable missing = CublasLibrary.load();
    if (missing != null) {
      throw new BackendException(
          "open backend 'cuda' with " + ProductEngine.CUBLAS.setting(),
          missing.reason(),
          "a cuBLAS library that can be loaded",
          "To go on, "
              + missing.remedy()
              + ", or omit the setting, because the backend's own kernels need only the driver");
    }
  }

  @Override
  public BackendInfo info() {
    return new BackendInfo(
        "cuda",
        PackagedVersion.of(CudaBackend.class, "recur4j-backend-cuda"),
        device.facts().describe(),
        products.engine(),
        1,
        Set.of(DataType.FLOAT32));
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public Recurrence recurrence() {
    return recurrence;
  }

  @Override
  public void upload(float[] source, int offset, Tensor target) {
    requireType("upload of float[]", target, DataType.FLOAT32);
    synchronized (queue) {
      for (int from = 0; from < target.size(); from += Staging.ELEMENTS) {
        int count = Math.min(Staging.ELEMENTS, target.size() - from);
        StagingBuffer buffer = staging.take();
        buffer.floats().put(0, source, offset + from, count);
        staging.send(buffer, target, from, count);
      }
    }
    target.markWritten();
  }

  @Override
  public void upload(double[] source, int offset, Tensor target) {
    requireType("upload of double[]", target, DataType.FLOAT32);
    synchronized (queue) {
      for (int from = 0; from < target.size(); from += Staging.ELEMENTS) {
        int count = Math.min(Staging.ELEMENTS, target.size() - from);
        StagingBuffer buffer = staging.take();
        for (int i = 0; i < count; i++) {
          buffer.floats().put(i, (float) source[offset + from + i]);
        }
        staging.send(buffer, target, from, count);
      }
    }
    target.markWritten();
  }

  @Override
  public void upload(int[] source, int offset, Tensor target) {
    requireType("upload of int[]", target, DataType.INT32);
    synchronized (queue) {
      for (int from = 0; from < target.size(); from += Staging.ELEMENTS) {
        int count = Math.min(Staging.ELEMENTS, target.size() - from);
        StagingBuffer buffer = staging.take();
        buffer.ints().put(0, source, offset + from, count);
        staging.send(buffer, target, from, count);
      }
    }
    target.markWritten();
  }

  @Override
  public void download(Tensor source, float[] target, int offset) {
    requireType("download to float[]", source, DataType.FLOAT32);
    synchronized (queue) {
      for (int from = 0; from < source.size(); from += Staging.ELEMENTS) {
        int count = Math.min(Staging.ELEMENTS, source.size() - from);
        StagingBuffer buffer = staging.take();
        staging.receive(buffer, source, from, count);
        buffer.floats().get(0, target, offset + from, count);
      }
    }
  }

  @Override
  public void download(Tensor source, double[] target, int offset) {
    requireType("download to double[]", source, DataType.FLOAT32);
    synchronized (queue) {
      for (int from = 0; from < source.size(); from += Staging.ELEMENTS) {
        int count = Math.min(Staging.ELEMENTS, source.size() - from);
        StagingBuffer buffer = staging.take();
        staging.receive(buffer, source, from, count);
        for (int i = 0; i < count; i++) {
          target[offset + from + i] = buffer.floats().get(i);
        }
      }
    }
  }

  @Override
  public void download(Tensor source, int[] target, int offset) {
    requireType("download to int[]", source, DataType.INT32);
    synchronized (queue) {
      for (int from = 0; from < source.size(); from += Staging.ELEMENTS) {
        int count = Math.min(Staging.ELEMENTS, source.size() - from);
        StagingBuffer buffer = staging.take();
        staging.receive(buffer, source, from, count);
        buffer.ints().get(0, target, offset + from, count);
      }
    }
  }

  private static void requireType(String operation, Tensor tensor, DataType wanted) {
    if (tensor.dataType() != wanted) {
      throw new InvalidArgumentException(
          operation,
          tensor.toString(),
          wanted == DataType.INT32 ? "an INT32 tensor" : "a FLOAT32 tensor",
          "Use float[] or double[] for FLOAT32 and int[] for INT32");
    }
  }

  @Override
  public void synchronize() {
    synchronized (queue) {
      if (closed) {
        throw new ClosedException(
            "synchronize", "a closed backend", "an open one", "Keep the backend open");
      }
      queue.enter();
      queue.finish();
    }
  }

  @Override
  public void close() {
    synchronized (queue) {
      if (closed) {
        return;
      }
      closed = true;
    }
    List<ScopeReport> leaks = memory.openScopes();
    if (!leaks.isEmpty()) {
      options.onLeak().accept(leaks);
    }
    try {
      memory.close();
    } finally {
      kernels.close();
      device.close();
    }
  }
}
