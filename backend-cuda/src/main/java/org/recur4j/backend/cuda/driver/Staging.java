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
 * Moves numbers between Java and the device through pinned buffers. An upload returns as soon as
 * its numbers lie in a buffer. A long one crosses the bus beside whatever the device computes: its
 * numbers land in memory that no kernel knows, and only the last leg, from there to the tensor,
 * stands in the order of the work. So the tensor may be anything, even a block that work still in
 * the queue reads or writes. Used under the queue's monitor.
 */
public final class Staging implements AutoCloseable {
  /** Elements of one buffer; longer tensors go in pieces. */
  public static final int ELEMENTS = 1 << 18;

  /**
   * From so many elements on an upload goes beside the work. Less crosses the bus in about the time
   * that it takes to put two streams in order.
   */
  static final int LEAST_BESIDE = 1 << 14;

  /** How far uploads may be ahead of the device, in buffers. */
  static final int MOST_BUFFERS = 16;

  private static final String UPLOAD = "upload";

  private final LaunchQueue queue;
  private final CUstream bus;
  private final DeviceBlocks blocks;

  /** The one that was used longest ago first. */
  private final Deque<StagingBuffer> buffers = new ArrayDeque<>();

  /**
   * Makes no buffer yet.
   *
   * @param queue the order of the work
   * @param bus a stream of its own for numbers on their way to the device
   * @param blocks the device's memory
   */
  Staging(LaunchQueue queue, CUstream bus, DeviceBlocks blocks) {
    this.queue = queue;
    this.bus = bus;
    this.blocks = blocks;
  }

  /** A buffer the device no longer reads: one more where all are on their way and few exist. */
  public StagingBuffer take() {
    queue.enter();
    StagingBuffer oldest = buffers.peekFirst();
    if (oldest == null || (!oldest.isFree() && buffers.size() < MOST_BUFFERS)) {
      StagingBuffer added = new StagingBuffer(ELEMENTS, blocks);
      buffers.addLast(added);
      return added;
    }
    // Work that failed is reported here, and the buffer is still to be closed.
    oldest.awaitFree();
    buffers.addLast(buffers.removeFirst());
    return oldest;
  }

  /** Sends a buffer's first elements to a part of a tensor. */
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

  /** Fills a buffer from a part of a tensor and waits for it. */
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
