package org.recur4j.conformance.toy;

import static org.recur4j.conformance.toy.Block.get;
import static org.recur4j.conformance.toy.Block.set;

import java.util.List;
import java.util.Set;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.portable.PortableRecurrence;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Memory;
import org.recur4j.api.tensor.ScopeReport;
import org.recur4j.api.tensor.Storage;
import org.recur4j.api.tensor.Tensor;

/**
 * Memory, transfers and kernels: a complete backend. A plan of its own for one cell is an extra.
 */
public final class ToyBackend implements Backend {
  private final BackendOptions options;
  private final Kernels kernels = new ToyKernels();
  private final Memory memory = new HeapMemory();
  private final Recurrence recurrence;

  /** With whole sequences through the portable plan, or the LSTM's through a fused one. */
  ToyBackend(BackendOptions options, boolean fused) {
    this.options = options;
    PortableRecurrence portable = new PortableRecurrence(kernels, this);
    this.recurrence = fused ? new ToyRecurrence(portable) : portable;
  }

  @Override
  public BackendInfo info() {
    return new BackendInfo(
        "toy", "1", "CPU, 1 thread", "plain loops", 1, Set.of(DataType.FLOAT32, DataType.FLOAT64));
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  /** Needed by those only who have a plan of their own: the portable one is the default. */
  @Override
  public Recurrence recurrence() {
    return recurrence;
  }

  @Override
  public void upload(float[] source, int offset, Tensor target) {
    for (int i = 0; i < target.size(); i++) {
      set(target, i, source[offset + i]);
    }
    target.markWritten();
  }

  @Override
  public void upload(double[] source, int offset, Tensor target) {
    for (int i = 0; i < target.size(); i++) {
      set(target, i, source[offset + i]);
    }
    target.markWritten();
  }

  @Override
  public void upload(int[] source, int offset, Tensor target) {
    for (int i = 0; i < target.size(); i++) {
      set(target, i, source[offset + i]);
    }
    target.markWritten();
  }

  @Override
  public void download(Tensor source, float[] target, int offset) {
    for (int i = 0; i < source.size(); i++) {
      target[offset + i] = (float) get(source, i);
    }
  }

  @Override
  public void download(Tensor source, double[] target, int offset) {
    for (int i = 0; i < source.size(); i++) {
      target[offset + i] = get(source, i);
    }
  }

  @Override
  public void download(Tensor source, int[] target, int offset) {
    for (int i = 0; i < source.size(); i++) {
      target[offset + i] = (int) get(source, i);
    }
  }

  @Override
  public void close() {
    List<ScopeReport> leaks = memory.openScopes();
    if (!leaks.isEmpty()) {
      options.onLeak().accept(leaks);
    }
    memory.close();
  }

  private static final class HeapMemory extends Memory {
    @Override
    protected Storage allocate(DataType dataType, int capacity) {
      return Block.of(dataType, capacity);
    }

    @Override
    protected void release(Storage storage) {
      // The garbage collector does it.
    }
  }
}
