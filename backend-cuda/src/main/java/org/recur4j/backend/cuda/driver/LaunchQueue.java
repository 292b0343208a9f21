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
 * The one way work reaches the device. Whoever uses it holds its monitor, from the first argument
 * to the launch: arguments are collected in one buffer, field by field in the order and alignment
 * of the kernel's C struct, and the driver copies them when the kernel is launched.
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
   * Makes this device's context the thread's. Each time: a backend on another device, or another
   * library, may have made its own current in the meantime.
   */
  public void enter() {
    CudaFailure.check(cuCtxSetCurrent(context), "use the CUDA device");
  }

  /** Returns the stream of the work. */
  public CUstream main() {
    return main;
  }

  /** Where work goes now. */
  public CUstream stream() {
    return stream;
  }

  /** Sends what follows to another stream; give {@link #main} afterward. */
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

  /** A tensor's address, or null for no tensor. */
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

  /** Appends the address of the word that kernels report wrong operands in. */
  public LaunchQueue fault() {
    return address(faults.address());
  }

  /** Appends an integer of 32 bits. */
  public LaunchQueue integer(int value) {
    arguments.putInt(position, value);
    position += 4;
    return this;
  }

  /** Appends a number in single precision. */
  public LaunchQueue number(double value) {
    arguments.putFloat(position, (float) value);
    position += 4;
    return this;
  }

  /** Appends 1 for true and 0 for false. */
  public LaunchQueue flag(boolean value) {
    return integer(value ? 1 : 0);
  }

  /** One thread an element, in a loop where there are very many. */
  public void overElements(int n) {
    int block = n <= 32 ? 32 : n <= 128 ? 128 : LARGEST_BLOCK;
    run(Math.min((n - 1) / block + 1, MOST_BLOCKS), 1, 1, block);
  }

  /** Launches the kernel on a grid of blocks of threads. */
  public void run(int gridX, int gridY, int gridZ, int block) {
    run(gridX, gridY, gridZ, block, 0);
  }

  /** Launches with so many bytes of shared memory beside what the kernel declares. */
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

  /** Waits until everything is done, and reports what kernels found wrong with their operands. */
  public void finish() {
    drain();
    faults.check();
  }

  /** Waits until everything is done. */
  void drain() {
    CudaFailure.check(cuStreamSynchronize(main), "wait for the CUDA device");
  }
}
