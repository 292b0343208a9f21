package org.recur4j.backend.nd4j;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.spi.PackagedVersion;
import org.recur4j.api.spi.ScratchPool;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Memory;
import org.recur4j.api.tensor.ScopeReport;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.kernel.Nd4jKernels;
import org.recur4j.backend.nd4j.natives.Engine;
import org.recur4j.backend.nd4j.natives.NativeMemory;
import org.recur4j.backend.nd4j.natives.NativeStorage;
import org.recur4j.backend.nd4j.natives.Natives;
import org.recur4j.backend.nd4j.sequence.Nd4jRecurrence;

/**
 * A backend with tensors in native memory, matrix products by OpenBLAS, and other kernels in Java.
 */
final class Nd4jBackend implements Backend {
  /** The number of elements converted between float and double at a time. */
  private static final int CHUNK = 1024;

  private final BackendOptions options;
  private final Workers workers;
  private final NativeMemory memory;
  private final Nd4jKernels kernels;
  private final Nd4jRecurrence recurrence;
  private final ScratchPool<float[]> transfers = new ScratchPool<>(() -> new float[CHUNK]);
  private boolean closed;

  Nd4jBackend(BackendOptions options) {
    this.options = options;
    this.memory = new NativeMemory(Engine.load());
    this.workers = new Workers("nd4j", options.resolvedThreads());
    this.kernels = new Nd4jKernels(workers);
    this.recurrence = new Nd4jRecurrence(workers, memory, kernels, this);
  }

  @Override
  public BackendInfo info() {
    return new BackendInfo(
        "nd4j",
        PackagedVersion.of(Nd4jBackend.class, "recur4j-backend-nd4j"),
        "CPU, " + workers.threads() + (workers.threads() == 1 ? " thread" : " threads"),
        "ND4J " + Natives.nd4jVersion() + " natives, " + Natives.openBlas() + " on one thread each",
        workers.threads(),
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
    NativeStorage.floats("upload of float[]", target)
        .put(target.offset(), source, offset, target.size());
    target.markWritten();
  }

  @Override
  public void upload(double[] source, int offset, Tensor target) {
    FloatBuffer to = NativeStorage.floats("upload of double[]", target);
    float[] chunk = transfers.take();
    for (int i = 0; i < target.size(); i += CHUNK) {
      int n = Math.min(CHUNK, target.size() - i);
      for (int j = 0; j < n; j++) {
        chunk[j] = (float) source[offset + i + j];
      }
      to.put(target.offset() + i, chunk, 0, n);
    }
    transfers.give(chunk);
    target.markWritten();
  }

  @Override
  public void upload(int[] source, int offset, Tensor target) {
    requireIntegers("upload of int[]", target);
    NativeStorage.integers(target).put(target.offset(), source, offset, target.size());
    target.markWritten();
  }

  @Override
  public void download(Tensor source, float[] target, int offset) {
    NativeStorage.floats("download to float[]", source)
        .get(source.offset(), target, offset, source.size());
  }

  @Override
  public void download(Tensor source, double[] target, int offset) {
    FloatBuffer from = NativeStorage.floats("download to double[]", source);
    float[] chunk = transfers.take();
    for (int i = 0; i < source.size(); i += CHUNK) {
      int n = Math.min(CHUNK, source.size() - i);
      from.get(source.offset() + i, chunk, 0, n);
      for (int j = 0; j < n; j++) {
        target[offset + i + j] = chunk[j];
      }
    }
    transfers.give(chunk);
  }

  @Override
  public void download(Tensor source, int[] target, int offset) {
    requireIntegers("download to int[]", source);
    NativeStorage.integers(source).get(source.offset(), target, offset, source.size());
  }

  private static void requireIntegers(String operation, Tensor tensor) {
    if (tensor.dataType() != DataType.INT32) {
      throw new InvalidArgumentException(
          operation, tensor.toString(), "an INT32 tensor", "Use float[] or double[] for FLOAT32");
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    List<ScopeReport> leaks = memory.openScopes();
    if (!leaks.isEmpty()) {
      options.onLeak().accept(leaks);
    }
    recurrence.closePlans();
    memory.close();
    workers.close();
  }
}
