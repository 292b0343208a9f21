package org.recur4j.backend.cuda.driver;

import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.recur4j.api.error.BackendException;

/** Turns the driver's answers into errors for a person. */
public final class CudaFailure {
  private CudaFailure() {}

  /** Throws unless the driver answered success. */
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
            + " bytes wanted, "
            + free
            + " of "
            + total
            + " free",
        "enough free memory",
        "Use a smaller batch or shorter sequences, close other programs on the device (nvidia-smi"
            + " lists them), or use another device");
  }

  /** The name and the driver's own words. */
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
          "Install a newer NVIDIA driver, 525 at least";
      case CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
          CUresult.CUDA_ERROR_LAUNCH_FAILED,
          CUresult.CUDA_ERROR_LAUNCH_TIMEOUT ->
          "The device's context is lost: restart the program, and report this with the shapes used";
      default -> "Check nvidia-smi; if the device is well, report this";
    };
  }
}
