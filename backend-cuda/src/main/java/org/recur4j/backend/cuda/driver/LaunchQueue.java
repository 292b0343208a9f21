package org.recur4j.backend.cuda.driver;

import static jcuda.driver.JCudaDriver.cuCtxSetCurrent;
import static jcuda.driver.JCudaDriver.cuLaunchKernel;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUstream;
import org.recur4j.api.error.BackendException;
import org.recur4j.api.tensor.Tensor;

/**
 * The queue of all work for the device. A user holds its monitor from the first argument to the
 * launch: arguments are collected in one buffer, field by field in the order and alignment of the
 * kernel's C struct, and the driver copies them at launch.
 */
public final class LaunchQueue {
  private static final int LARGEST_STRUCT = 512;
  private static final int LARGEST_BLOCK = 256;
  private static final int MOST_BLOCKS = 4096;

  private final CUcontext context;
  private final CUstream main;
  private final FaultWord faults;
  private final ByteBuffer arguments =
      ByteBuffer.allocateDirect(LARGEST_STRUCT).order(ByteOrder.nativeOrder());
  private final Pointer parameters = Pointer.to(Pointer.to(arguments));
  private CUstream stream;
  private Kernel kernel;
  private int position;

  LaunchQueue(CUcontext context, CUstream main, FaultWord faults) {
    this.context = context;
    this.main = main;
    this.stream = main;
    this.faults = faults;
  }

  /**
   * Makes this device's context current for the thread. Required before each use, because another
   * backend or library may have made its own context current.
   */
  public void enter() {
    CudaFailure.check(cuCtxSetCurrent(context), "use the CUDA device");
  }

  /** Returns the main stream. */
  public CUstream main() {
    return main;
  }

  /** Returns the stream to which work is sent now. */
  public CUstream stream() {
    return stream;
  }

  /** Sends the following work to another stream; afterward, {@link #main} must be restored. */
  public void use(CUstream other) {
    stream = other;
  }

  /** Begins the arguments of a launch and makes the device current. */
  public LaunchQueue begin(Kernel next) {
    enter();
    kernel = next;
    position = 0;
    return this;
  }

  /** Appends the address of a tensor's first element. */
  public LaunchQueue tensor(Tensor tensor) {
    return address(CudaStorage.address(tensor));
  }

  /** Appends a tensor's address, or 0 for null. */
  public LaunchQueue tensorOrNull(Tensor tensor) {
    return address(CudaStorage.addressOrNull(tensor));
  }

  /** Appends an address, aligned to 8 bytes. */
  public LaunchQueue address(long value) {
    position = (position + 7) & ~7;
    arguments.putLong(position, value);
    position += 8;
    return this;
  }

  /** Appends the address of the word in which kernels report invalid operands. */
  public LaunchQueue fault() {
    return address(faults.address());
  }

  /** Appends a 32-bit integer. */
  public LaunchQueue integer(int value) {
    arguments.putInt(position, value);
    position += 4;
    return this;
  }

  /** Appends a single-precision number. */
  public LaunchQueue number(double value) {
    arguments.putFloat(position, (float) value);
    position += 4;
    return this;
  }

  /** Appends 1 for true and 0 for false. */
  public LaunchQueue flag(boolean value) {
    return integer(value ? 1 : 0);
  }

  /** Launches the kernel with one thread per element, or with a loop for very many elements. */
  public void overElements(int n) {
    int block = n <= 32 ? 32 : n <= 128 ? 128 : LARGEST_BLOCK;
    run(Math.min((n - 1) / block + 1, MOST_BLOCKS), 1, 1, block);
  }

  /** Launches the kernel on a grid of blocks of threads. */
  public void run(int gridX, int gridY, int gridZ, int block) {
    run(gridX, gridY, gridZ, block, 0);
  }

  /** Launches the kernel with additional dynamic shared memory, in bytes. */
  public void run(int gridX, int gridY, int gridZ, int block, int shared) {
    int length = (position + 7) & ~7;
    if (length != kernel.argumentBytes()) {
      throw new BackendException(
          "launch " + kernel.name(),
          length + " bytes of arguments",
          kernel.argumentBytes() + " bytes",
          "Write every field of the kernel's struct, in its order");
    }
    int code =
        cuLaunchKernel(
            kernel.function(), gridX, gridY, gridZ, block, 1, 1, shared, stream, parameters, null);
    if (code != 0) {
      throw CudaFailure.of(
          code,
          "launch "
              + kernel.name()
              + " on "
              + (long) gridX * gridY * gridZ
              + " blocks of "
              + block
              + " threads");
    }
  }

  /** Waits until all work is done, and throws an exception if kernels reported invalid operands. */
  public void finish() {
    drain();
    faults.check();
  }

  /** Waits until all work is done. */
  void drain() {
    CudaFailure.check(cuStreamSynchronize(main), "wait for the CUDA device");
  }
}
