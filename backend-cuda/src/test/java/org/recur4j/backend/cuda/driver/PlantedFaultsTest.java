package org.recur4j.backend.cuda.driver;

import static jcuda.driver.JCudaDriver.cuEventCreate;
import static jcuda.driver.JCudaDriver.cuEventDestroy;
import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;
import static jcuda.driver.JCudaDriver.cuStreamWaitEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import jcuda.driver.CUevent;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.BackendException;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.CudaProvider;
import org.recur4j.backend.cuda.twin.CpuTwin;
import org.recur4j.backend.cuda.twin.OnCpuTwin;

/**
 * Faults planted on purpose, in kernels and in host code: the CPU twin reports each, so that it
 * would report the same fault of ours.
 */
@Tag("cpu-twin")
@ExtendWith(OnCpuTwin.class)
class PlantedFaultsTest {
  private static final int N = 64;

  private Device device;
  private LaunchQueue queue;
  private KernelModule faults;
  private DeviceAddress a;
  private DeviceAddress b;

  @BeforeEach
  void open() {
    CpuTwin.seed(0);
    CpuTwin.lazy(true);
    device = new Device(DeviceFacts.first().facts());
    queue = device.queue();
    faults = new KernelModule("faults");
    a = device.blocks().reserve(4 * N, () -> {});
    b = device.blocks().reserve(4 * N, () -> {});
  }

  @AfterEach
  void close() {
    CpuTwin.recover();
    if (a != null) {
      device.blocks().free(a);
    }
    device.blocks().free(b);
    faults.close();
    device.close();
  }

  @Test
  void aWriteOutOfBoundsNamesKernelBlockAndThread() {
    launch("fault_write_past_end", queue.main(), 2, 33, 1, N);

    assertThatThrownBy(queue::finish)
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("fault_write_past_end")
        .hasMessageContaining("illegal address")
        .hasMessageContaining("block (1,0,0) thread 31");
    assertThat(cuStreamSynchronize(queue.main()))
        .as("a device that faulted answers nothing else any more")
        .isEqualTo(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS);
  }

  @Test
  void aReadOutOfBoundsIsReported() {
    fill();
    launch("fault_read_past_end", queue.main(), 1, N, 1, N);

    assertThatThrownBy(queue::finish)
        .hasMessageContaining("fault_read_past_end")
        .hasMessageContaining("illegal address")
        .hasMessageContaining("thread 63");
  }

  @Test
  void aDeadlockEndsAndSaysWhoWaits() {
    fill();
    launch("fault_deadlock", queue.main(), 1, N, 0, N);

    assertThatThrownBy(queue::finish)
        .hasMessageContaining("fault_deadlock")
        .hasMessageContaining("32 threads at __syncthreads")
        .hasMessageContaining("32 spinning");
  }

  @Test
  void barriersInTwoBranchesAreReported() {
    launch("fault_two_barriers", queue.main(), 1, N, 0, N);

    assertThatThrownBy(queue::finish).hasMessageContaining("__syncthreads at lines");
  }

  @Test
  void aReadBeforeTheDeviceIsDoneSeesNaN() {
    PinnedMemory memory = new PinnedMemory(4 * N);
    try {
      fill();
      launch("fault_copy", queue.main(), 1, N, 0, N);
      cuMemcpyDtoHAsync(memory.pointer(), b, 4L * N, queue.main());
      FloatBuffer values = memory.bytes().asFloatBuffer();

      assertThat(values.get(N - 1)).as("read without waiting").isNaN();
      queue.finish();
      assertThat(values.get(N - 1)).as("read after waiting").isEqualTo(N - 1);
    } finally {
      memory.close();
    }
  }

  @Test
  void anotherStreamThatDoesNotWaitReadsNaN() {
    fill();
    queue.finish();
    CUevent copied = new CUevent();
    cuEventCreate(copied, 0);
    launch("fault_copy", queue.main(), 1, N, 0, N);
    cuEventRecord(copied, queue.main());
    assertThat(copyOfLast(device.side())).as("the other stream did not wait").isNaN();
    cuStreamWaitEvent(device.side(), copied, 0);
    assertThat(copyOfLast(device.side())).as("the other stream waited").isEqualTo(N - 1);
    cuEventDestroy(copied);
  }

  @Test
  void freeingTwiceIsRefused() {
    DeviceAddress twice = device.blocks().reserve(4 * N, () -> {});
    device.blocks().free(twice);

    assertThatThrownBy(() -> device.blocks().free(twice))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("free memory on the CUDA device")
        .hasMessageContaining("freeing an address that is not allocated");
  }

  @Test
  void aKernelOnFreedMemoryIsReported() {
    long address = a.address();
    device.blocks().free(a);
    a = null;
    queue
        .begin(faults.kernel("fault_copy"))
        .address(address)
        .address(b.address())
        .integer(N)
        .integer(0);
    queue.run(1, 1, 1, N);

    assertThatThrownBy(queue::finish)
        .hasMessageContaining("fault_copy")
        .hasMessageContaining("illegal address");
  }

  @Test
  void aCopyBeyondABlockIsRefused() {
    PinnedMemory memory = new PinnedMemory(8 * N);
    try {
      assertThat(cuMemcpyHtoDAsync(a, memory.pointer(), 4L * N + 4, queue.main()))
          .isEqualTo(CUresult.CUDA_ERROR_INVALID_VALUE);
    } finally {
      memory.close();
    }
  }

  @Test
  void aStructThatLacksAFieldIsRefused() {
    queue.begin(faults.kernel("fault_copy")).address(a.address()).address(b.address());

    assertThatThrownBy(() -> queue.run(1, 1, 1, N))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("16 bytes of arguments")
        .hasMessageContaining("24 bytes");
  }

  @Test
  void freshMemoryReadsNaN() {
    DeviceAddress fresh = new DeviceAddress();
    cuMemAlloc(fresh, 16);
    PinnedMemory memory = new PinnedMemory(16);
    try {
      cuMemcpyDtoHAsync(memory.pointer(), fresh, 16, queue.main());
      queue.finish();
      assertThat(memory.bytes().asFloatBuffer().get(0)).isNaN();
    } finally {
      memory.close();
      cuMemFree(fresh);
    }
  }

  @Test
  void whatWasClosedIsRefused() {
    Backend backend = new CudaProvider().open(BackendOptions.defaults());
    Scope scope = backend.scope("closed");
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(4));
    scope.close();

    assertThatThrownBy(() -> backend.download(tensor, new float[4], 0))
        .isInstanceOf(ClosedException.class);
    backend.close();
    assertThatThrownBy(backend::synchronize).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> backend.scope("late")).isInstanceOf(ClosedException.class);
  }

  private void launch(String kernel, CUstream stream, int blocks, int threads, int by, int n) {
    queue
        .begin(faults.kernel(kernel))
        .address(a.address())
        .address(b.address())
        .integer(n)
        .integer(by);
    queue.use(stream);
    queue.run(blocks, 1, 1, threads);
    queue.use(queue.main());
  }

  /** a = 0, 1, 2, … once the device gets there. */
  private void fill() {
    PinnedMemory memory = new PinnedMemory(4 * N);
    FloatBuffer values = memory.bytes().asFloatBuffer();
    for (int i = 0; i < N; i++) {
      values.put(i, i);
    }
    cuMemcpyHtoDAsync(a, memory.pointer(), 4L * N, queue.main());
    queue.finish();
    memory.close();
  }

  private float copyOfLast(CUstream stream) {
    PinnedMemory memory = new PinnedMemory(4 * N);
    try {
      cuMemcpyDtoHAsync(memory.pointer(), b, 4L * N, stream);
      cuStreamSynchronize(stream);
      return memory.bytes().asFloatBuffer().get(N - 1);
    } finally {
      memory.close();
    }
  }
}
