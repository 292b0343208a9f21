package org.recur4j.backend.ejml;

import static org.recur4j.backend.ejml.array.HeapStorage.doubles;
import static org.recur4j.backend.ejml.array.HeapStorage.floats;
import static org.recur4j.backend.ejml.array.HeapStorage.ints;
import static org.recur4j.backend.ejml.array.HeapStorage.isSingle;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ejml.EjmlVersion;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Decompositions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.spi.PackagedVersion;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Memory;
import org.recur4j.api.tensor.ScopeReport;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.ejml.array.HeapMemory;
import org.recur4j.backend.ejml.engine.FloatEngine;
import org.recur4j.backend.ejml.kernel.EjmlKernels;
import org.recur4j.backend.ejml.sequence.EjmlRecurrence;

/** The pure-Java backend: tensors in Java arrays, kernels in plain Java, decompositions by EJML. */
final class EjmlBackend implements Backend {
  private final BackendOptions options;
  private final Workers workers;
  private final HeapMemory memory = new HeapMemory();
  private final FloatEngine engine;
  private final EjmlKernels kernels;
  private final EjmlRecurrence recurrence;
  private boolean closed;

  EjmlBackend(BackendOptions options, FloatEngine engine) {
    this.options = options;
    this.engine = engine;
    this.workers = new Workers("ejml", options.resolvedThreads());
    this.kernels = new EjmlKernels(workers, engine);
    this.recurrence = new EjmlRecurrence(workers, engine, kernels, this);
  }

  @Override
  public BackendInfo info() {
    return new BackendInfo(
        "ejml",
        PackagedVersion.of(EjmlBackend.class, "recur4j-backend-ejml"),
        "CPU, " + workers.threads() + (workers.threads() == 1 ? " thread" : " threads"),
        engine.description() + "; EJML " + EjmlVersion.VERSION + " decompositions",
        workers.threads(),
        Set.of(DataType.FLOAT32, DataType.FLOAT64));
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
  public Optional<Decompositions> decompositions() {
    return Optional.of(new EjmlDecompositions());
  }

  @Override
  public void upload(float[] source, int offset, Tensor target) {
    if (isSingle("upload of float[]", target)) {
      System.arraycopy(source, offset, floats(target), target.offset(), target.size());
    } else {
      double[] to = doubles(target);
      for (int i = 0; i < target.size(); i++) {
        to[target.offset() + i] = source[offset + i];
      }
    }
    target.markWritten();
  }

  @Override
  public void upload(double[] source, int offset, Tensor target) {
    if (isSingle("upload of double[]", target)) {
      float[] to = floats(target);
      for (int i = 0; i < target.size(); i++) {
        to[target.offset() + i] = (float) source[offset + i];
      }
    } else {
      System.arraycopy(source, offset, doubles(target), target.offset(), target.size());
    }
    target.markWritten();
  }

  @Override
  public void upload(int[] source, int offset, Tensor target) {
    requireInteger("upload of int[]", target);
    System.arraycopy(source, offset, ints(target), target.offset(), target.size());
    target.markWritten();
  }

  @Override
  public void download(Tensor source, float[] target, int offset) {
    if (isSingle("download to float[]", source)) {
      System.arraycopy(floats(source), source.offset(), target, offset, source.size());
    } else {
      double[] from = doubles(source);
      for (int i = 0; i < source.size(); i++) {
        target[offset + i] = (float) from[source.offset() + i];
      }
    }
  }

  @Override
  public void download(Tensor source, double[] target, int offset) {
    if (isSingle("download to double[]", source)) {
      float[] from = floats(source);
      for (int i = 0; i < source.size(); i++) {
        target[offset + i] = from[source.offset() + i];
      }
    } else {
      System.arraycopy(doubles(source), source.offset(), target, offset, source.size());
    }
  }

  @Override
  public void download(Tensor source, int[] target, int offset) {
    requireInteger("download to int[]", source);
    System.arraycopy(ints(source), source.offset(), target, offset, source.size());
  }

  private static void requireInteger(String operation, Tensor tensor) {
    if (tensor.dataType() != DataType.INT32) {
      throw new InvalidArgumentException(
          operation,
          tensor.toString(),
          "an INT32 tensor",
          "Use float[] or double[] for floating types");
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
    memory.close();
    workers.close();
  }
}
