package org.recur4j.backend.cuda.driver;

import static jcuda.driver.CUevent_flags.CU_EVENT_DISABLE_TIMING;
import static jcuda.driver.CUstream_flags.CU_STREAM_NON_BLOCKING;
import static jcuda.driver.JCudaDriver.cuCtxSetCurrent;
import static jcuda.driver.JCudaDriver.cuCtxSynchronize;
import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRelease;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRetain;
import static jcuda.driver.JCudaDriver.cuEventCreate;
import static jcuda.driver.JCudaDriver.cuEventDestroy;
import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuStreamCreate;
import static jcuda.driver.JCudaDriver.cuStreamDestroy;
import static jcuda.driver.JCudaDriver.cuStreamWaitEvent;

import java.util.ArrayDeque;
import java.util.Deque;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUevent;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import org.recur4j.api.error.BackendException;

/** An open device: its context, streams, kernels and staging buffers. */
public final class Device implements AutoCloseable {
  private final CUdevice device = new CUdevice();
  private final DeviceFacts facts;
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final CUstream side = new CUstream();
  private final CUstream recorder = new CUstream();
  private final CUevent forked = new CUevent();
  private final CUevent joined = new CUevent();
  private final KernelModule module;
  private final LaunchQueue queue;
  private final Staging staging;
  private final DeviceBlocks blocks;

  /** Opens a device; the caller closes it. */
  public Device(DeviceFacts facts) {
    this.facts = facts;
    try {
      CUcontext context = new CUcontext();
      check(cuDeviceGet(device, facts.index()));
      check(cuDevicePrimaryCtxRetain(context, device));
      undo.push(() -> cuDevicePrimaryCtxRelease(device));
      check(cuCtxSetCurrent(context));
      CUstream main = stream(new CUstream());
      stream(side);
      stream(recorder);
      event(forked);
      event(joined);
      module = new KernelModule(facts.target());
      undo.push(module::close);
      FaultWord faults = new FaultWord();
      undo.push(faults::close);
      queue = new LaunchQueue(context, main, faults);
      blocks = new DeviceBlocks(queue);
      staging = new Staging(queue, stream(new CUstream()), blocks);
      undo.push(staging::close);
    } catch (RuntimeException failure) {
      undoAll();
      throw failure;
    }
  }

  private CUstream stream(CUstream stream) {
    check(cuStreamCreate(stream, CU_STREAM_NON_BLOCKING));
    undo.push(() -> cuStreamDestroy(stream));
    return stream;
  }

  private void event(CUevent event) {
    check(cuEventCreate(event, CU_EVENT_DISABLE_TIMING));
    undo.push(() -> cuEventDestroy(event));
  }

  /**
   * Throws an exception unless the code means success. Running out of memory while opening is
   * reported like any other reason not to open.
   */
  private void check(int code) {
    if (code != CUresult.CUDA_SUCCESS) {
      throw new BackendException(
          "open backend 'cuda'",
          CudaFailure.describe(code) + " on " + facts.describe(),
          "an available backend",
          code == CUresult.CUDA_ERROR_OUT_OF_MEMORY
              ? "To go on, close other programs on the device (nvidia-smi lists them), or use the"
                  + " backend ejml"
              : "To go on, check nvidia-smi, or use the backend ejml");
    }
  }

  /** Returns the properties of the device. */
  public DeviceFacts facts() {
    return facts;
  }

  /** Returns the queue of launches; its monitor guards the device. */
  public LaunchQueue queue() {
    return queue;
  }

  /** Returns the staging buffers of uploads and downloads. */
  public Staging staging() {
    return staging;
  }

  /** Returns the device's memory outside of tensors. */
  public DeviceBlocks blocks() {
    return blocks;
  }

  /** Returns the compiled kernels. */
  public KernelModule module() {
    return module;
  }

  /**
   * Adds an action that {@link #close} runs before it frees what the device had before the action
   * was added. The device's context is then current, and no work is left.
   */
  public void onClose(Runnable action) {
    undo.push(action);
  }

  /** Returns the second stream, for the second direction of a sequence. */
  public CUstream side() {
    return side;
  }

  /** Returns the stream on which graphs are recorded; no work runs on it. */
  public CUstream recorder() {
    return recorder;
  }

  /** Makes the side stream wait for the work queued on the main stream so far. */
  public void fork() {
    after(forked, queue.main(), side);
  }

  /** Makes the main stream wait for the work queued on the side stream so far. */
  public void join() {
    after(joined, side, queue.main());
  }

  private static void after(CUevent event, CUstream first, CUstream second) {
    CudaFailure.check(cuEventRecord(event, first), "order the streams of a sequence");
    CudaFailure.check(cuStreamWaitEvent(second, event, 0), "order the streams of a sequence");
  }

  @Override
  public void close() {
    synchronized (queue) {
      queue.enter();
      // Ignored, because errors of earlier work have been reported, and everything must be freed.
      cuCtxSynchronize();
      undoAll();
    }
  }

  private void undoAll() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }
}
