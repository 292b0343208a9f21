package org.recur4j.backend.cuda.driver;

import static jcuda.driver.JCudaDriver.cuMemcpyDtoDAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;

import java.util.ArrayDeque;
import java.util.Deque;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUstream;
import org.recur4j.api.tensor.Tensor;

/**
 * Transfers numbers between Java and the device through pinned buffers. An upload returns as soon
 * as its numbers are in a buffer. A long upload runs concurrently with the device's computation:
 * its numbers are first copied to separate device memory, and only the final copy to the tensor is
 * part of the ordered work, so that queued work may still use the tensor. Used under the queue's
 * monitor.
 */
public final class Staging implements AutoCloseable {
  /** The number of elements of a buffer; longer tensors are transferred in parts. */
  public static final int ELEMENTS = 1 << 18;

  /**
   * The number of elements from which an upload runs concurrently; a smaller one takes about as
   * long as the synchronization of two streams.
   */
  static final int LEAST_BESIDE = 1 << 14;

  /** The maximum number of buffers, which limits the uploads ahead of the device. */
  static final int MOST_BUFFERS = 16;

  private static final String UPLOAD = "upload";

  private final LaunchQueue queue;
  private final CUstream bus;
  private final DeviceBlocks blocks;

  /** The buffers, least recently used first. */
  private final Deque<StagingBuffer> buffers = new ArrayDeque<>();

  /**
   * Creates an object without buffers.
   *
   * @param queue queue of the work
   * @param bus separate stream for copies to the device
   * @param blocks memory of the device
   */
  Staging(LaunchQueue queue, CUstream bus, DeviceBlocks blocks) {
    this.queue = queue;
    this.bus = bus;
    this.blocks = blocks;
  }

  /**
   * Returns a buffer that the device no longer reads; creates one if all are in use and there are
   * few.
   */
  public StagingBuffer take() {
    queue.enter();
    StagingBuffer oldest = buffers.peekFirst();
    if (oldest == null || (!oldest.isFree() && buffers.size() < MOST_BUFFERS)) {
      StagingBuffer added = new StagingBuffer(ELEMENTS, blocks);
      buffers.addLast(added);
      return added;
    }
    // A failure of earlier work is thrown here; the buffer stays in the list, so that it is closed.
    oldest.awaitFree();
    buffers.addLast(buffers.removeFirst());
    return oldest;
  }

  /** Copies a buffer's first elements to a part of a tensor. */
  public void send(StagingBuffer buffer, Tensor target, int from, int count) {
    CUdeviceptr place = CudaStorage.pointer(target, from);
    long bytes = 4L * count;
    CUstream work = queue.main();
    DeviceAddress landing = count < LEAST_BESIDE ? null : buffer.landing();
    if (landing == null) {
      CudaFailure.check(cuMemcpyHtoDAsync(place, buffer.pointer(), bytes, work), UPLOAD);
      buffer.readOn(work);
      return;
    }
    buffer.awaitEmptied(bus);
    CudaFailure.check(cuMemcpyHtoDAsync(landing, buffer.pointer(), bytes, bus), UPLOAD);
    buffer.readOn(bus);
    buffer.awaitRead(work);
    CudaFailure.check(cuMemcpyDtoDAsync(place, landing, bytes, work), UPLOAD);
    buffer.emptiedOn(work);
  }

  /** Copies a part of a tensor to a buffer and waits for completion. */
  public void receive(StagingBuffer buffer, Tensor source, int from, int count) {
    CudaFailure.check(
        cuMemcpyDtoHAsync(
            buffer.pointer(), CudaStorage.pointer(source, from), 4L * count, queue.main()),
        "download");
    queue.finish();
  }

  @Override
  public void close() {
    buffers.forEach(StagingBuffer::close);
    buffers.clear();
  }
}
