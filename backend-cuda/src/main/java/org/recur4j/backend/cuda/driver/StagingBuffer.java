package org.recur4j.backend.cuda.driver;

import static jcuda.driver.CUevent_flags.CU_EVENT_DISABLE_TIMING;
import static jcuda.driver.JCudaDriver.cuEventCreate;
import static jcuda.driver.JCudaDriver.cuEventDestroy;
import static jcuda.driver.JCudaDriver.cuEventQuery;
import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuEventSynchronize;
import static jcuda.driver.JCudaDriver.cuStreamWaitEvent;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import jcuda.Pointer;
import jcuda.driver.CUevent;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;

/** A pinned buffer, with device memory as the intermediate destination of long uploads. */
public final class StagingBuffer implements AutoCloseable {
  private static final String UPLOAD = "upload";

  private final PinnedMemory memory;
  private final DeviceBlocks blocks;
  private final CUevent read;
  private final CUevent emptied;
  private final FloatBuffer floats;
  private final IntBuffer ints;
  private DeviceAddress landing;
  private boolean onItsWay;
  private boolean usedLanding;

  StagingBuffer(int elements, DeviceBlocks blocks) {
    this.memory = new PinnedMemory(4 * elements);
    this.blocks = blocks;
    this.read = event();
    this.emptied = event();
    ByteBuffer bytes = memory.bytes();
    this.floats = bytes.asFloatBuffer();
    this.ints = bytes.asIntBuffer();
  }

  private static CUevent event() {
    CUevent event = new CUevent();
    CudaFailure.check(cuEventCreate(event, CU_EVENT_DISABLE_TIMING), "create an event");
    return event;
  }

  /** Returns the buffer as floats. */
  public FloatBuffer floats() {
    return floats;
  }

  /** Returns the buffer as integers. */
  public IntBuffer ints() {
    return ints;
  }

  Pointer pointer() {
    return memory.pointer();
  }

  /** Returns whether the device has read the buffer or has nothing to read. */
  boolean isFree() {
    if (onItsWay) {
      int code = cuEventQuery(read);
      if (code == CUresult.CUDA_ERROR_NOT_READY) {
        return false;
      }
      CudaFailure.check(code, UPLOAD);
      onItsWay = false;
    }
    return true;
  }

  void awaitFree() {
    if (onItsWay) {
      CudaFailure.check(cuEventSynchronize(read), "wait for an upload");
      onItsWay = false;
    }
  }

  /** Records that the device will have read the buffer when a stream reaches this point. */
  void readOn(CUstream stream) {
    CudaFailure.check(cuEventRecord(read, stream), UPLOAD);
    onItsWay = true;
  }

  /** Makes a stream wait until the device has read the buffer. */
  void awaitRead(CUstream stream) {
    CudaFailure.check(cuStreamWaitEvent(stream, read, 0), UPLOAD);
  }

  /** Returns device memory as large as the buffer, or null if there is not enough. */
  DeviceAddress landing() {
    if (landing == null) {
      landing = blocks.reserveOrNull(memory.bytes().capacity());
    }
    return landing;
  }

  /** Records that the intermediate memory will be free when a stream reaches this point. */
  void emptiedOn(CUstream stream) {
    CudaFailure.check(cuEventRecord(emptied, stream), UPLOAD);
    usedLanding = true;
  }

  /** Makes a stream wait until the intermediate memory is free. */
  void awaitEmptied(CUstream stream) {
    if (usedLanding) {
      CudaFailure.check(cuStreamWaitEvent(stream, emptied, 0), UPLOAD);
    }
  }

  @Override
  public void close() {
    if (landing != null) {
      blocks.free(landing);
    }
    CudaFailure.check(cuEventDestroy(read), "destroy an event");
    CudaFailure.check(cuEventDestroy(emptied), "destroy an event");
    memory.close();
  }
}
