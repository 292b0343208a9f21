package org.recur4j.backend.cuda.driver;

import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.recur4j.api.error.BackendException;

/** Converts status codes of the driver to exceptions. */
public final class CudaFailure {
  private CudaFailure() {}

  /** Throws an exception unless the code means success. */
  public static void check(int code, String operation) {
    if (code != CUresult.CUDA_SUCCESS) {
      throw of(code, operation);
    }
  }

  static BackendException of(int code, String operation) {
    return new BackendException(operation, describe(code), "success", remedy(code));
  }

  static BackendException outOfMemory(String operation, long wanted, long free, long total) {
    return new BackendException(
        operation,
        "out of memory on the device: "
            + wanted
            + " bytes requested, "
            + free
            + " of "
            + total
            + " free",
        "enough free memory",
        "Use a smaller batch or shorter sequences, close other programs on the device (nvidia-smi"
            + " lists them), or use another device");
  }

  /** Returns the name and the driver's description of a status code. */
  static String describe(int code) {
    String[] text = new String[1];
    JCudaDriver.cuGetErrorString(code, text);
    String name = CUresult.stringFor(code);
    return text[0] == null || text[0].equals(name) ? name : name + ": " + text[0];
  }

  private static String remedy(int code) {
    return switch (code) {
      case CUresult.CUDA_ERROR_OUT_OF_MEMORY ->
          "Use a smaller batch, or close other programs on the device (nvidia-smi lists them)";
      case CUresult.CUDA_ERROR_NO_BINARY_FOR_GPU,
          CUresult.CUDA_ERROR_INVALID_PTX,
          CUresult.CUDA_ERROR_UNSUPPORTED_PTX_VERSION ->
          "Install NVIDIA driver 525 or newer";
      case CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
          CUresult.CUDA_ERROR_LAUNCH_FAILED,
          CUresult.CUDA_ERROR_LAUNCH_TIMEOUT ->
          "The device's context is lost; restart the program, and report this with the shapes used";
      default -> "Check nvidia-smi; if the device works, report this";
    };
  }
}
