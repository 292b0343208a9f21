package org.recur4j.backend.cuda;

import static jcuda.driver.CUevent_flags.CU_EVENT_DISABLE_TIMING;
import static jcuda.driver.JCudaDriver.cuEventCreate;
import static jcuda.driver.JCudaDriver.cuEventDestroy;
import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuEventSynchronize;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import jcuda.driver.CUevent;
import org.recur4j.api.tensor.Tensor;

/**
 * Moves numbers between Java and the device through a few pinned buffers taken in turn. An upload
 * returns as soon as its numbers lie in a buffer, so the host goes on while the device still
 * computes and copies; it waits only for a buffer that is still on its way. Used under the queue's
 * monitor.
 */
final class Staging implements AutoCloseable {
  private static final int BUFFERS = 4;

  /** Elements of one buffer; longer tensors go in pieces. */
  static final int ELEMENTS = 1 << 18;

  /** One pinned buffer and the event that tells when the device has read it. */
  static final class Slot {
    private final PinnedMemory memory = new PinnedMemory(4 * ELEMENTS);
    private final CUevent done = new CUevent();
    private final ByteBuffer bytes = memory.bytes();
    final FloatBuffer floats = bytes.asFloatBuffer();
    final IntBuffer ints = bytes.asIntBuffer();
    private boolean busy;
  }

  private final LaunchQueue queue;
  private final Slot[] slots = new Slot[BUFFERS];
  private int next;

  Staging(LaunchQueue queue) {
    this.queue = queue;
    for (int i = 0; i < BUFFERS; i++) {
      slots[i] = new Slot();
      CudaFailure.check(cuEventCreate(slots[i].done, CU_EVENT_DISABLE_TIMING), "create an event");
    }
  }

  /** A buffer the device no longer reads. */
  Slot take() {
    queue.enter();
    Slot slot = slots[next];
    next = (next + 1) % BUFFERS;
    if (slot.busy) {
      CudaFailure.check(cuEventSynchronize(slot.done), "wait for an upload");
      slot.busy = false;
    }
    return slot;
  }

  /** Sends a buffer's first elements to a part of a tensor. */
  void send(Slot slot, Tensor target, int from, int count) {
    CudaFailure.check(
        cuMemcpyHtoDAsync(
            CudaStorage.pointer(target, from), slot.memory.pointer(), 4L * count, queue.main()),
        "upload");
    CudaFailure.check(cuEventRecord(slot.done, queue.main()), "upload");
    slot.busy = true;
  }

  /** Fills a buffer from a part of a tensor and waits for it. */
  void receive(Slot slot, Tensor source, int from, int count) {
    CudaFailure.check(
        cuMemcpyDtoHAsync(
            slot.memory.pointer(), CudaStorage.pointer(source, from), 4L * count, queue.main()),
        "download");
    queue.finish();
  }

  @Override
  public void close() {
    for (Slot slot : slots) {
      CudaFailure.check(cuEventDestroy(slot.done), "destroy an event");
      slot.memory.close();
    }
  }
}
