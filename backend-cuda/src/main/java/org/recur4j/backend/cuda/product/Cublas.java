package org.recur4j.backend.cuda.product;

import static jcuda.jcublas.JCublas2.cublasCreate;
import static jcuda.jcublas.JCublas2.cublasDestroy;
import static jcuda.jcublas.JCublas2.cublasGetVersion;
import static jcuda.jcublas.JCublas2.cublasSetAtomicsMode;
import static jcuda.jcublas.JCublas2.cublasSetMathMode;
import static jcuda.jcublas.JCublas2.cublasSetPointerMode;
import static jcuda.jcublas.JCublas2.cublasSetStream;
import static jcuda.jcublas.cublasAtomicsMode.CUBLAS_ATOMICS_NOT_ALLOWED;
import static jcuda.jcublas.cublasPointerMode.CUBLAS_POINTER_MODE_HOST;

import java.util.ArrayList;
import java.util.List;
import jcuda.driver.CUstream;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasStatus;
import jcuda.runtime.cudaStream_t;
import org.recur4j.api.error.BackendException;

/**
 * cuBLAS on one device, with one handle per stream. If two streams shared a handle, cuBLAS would
 * assign workspaces to calls in varying order, and results would not be reproducible ("Results
 * reproducibility", section 2.1.4 of NVIDIA's cuBLAS documentation). For the same reason, a handle
 * never changes its stream, and atomics are disabled. Created and used under the queue's monitor,
 * with the device's context current.
 */
final class Cublas implements AutoCloseable {
  private static final class Line {
    private final CUstream stream;
    private final cublasHandle handle = new cublasHandle();
    private int math = -1;

    private Line(CUstream stream) {
      this.stream = stream;
    }
  }

  private final List<Line> lines = new ArrayList<>();
  private final String version;

  /** Opens a handle for each stream. The library must have been loaded. */
  Cublas(CUstream... streams) {
    try {
      for (CUstream stream : streams) {
        Line line = new Line(stream);
        check(cublasCreate(line.handle), "open cuBLAS on the CUDA device");
        lines.add(line);
        check(cublasSetStream(line.handle, new cudaStream_t(stream)), "set the stream of cuBLAS");
        check(
            cublasSetAtomicsMode(line.handle, CUBLAS_ATOMICS_NOT_ALLOWED),
            "disable the atomics of cuBLAS");
        check(cublasSetPointerMode(line.handle, CUBLAS_POINTER_MODE_HOST), "set the pointer mode");
      }
      int[] number = new int[1];
      check(cublasGetVersion(lines.get(0).handle, number), "query the version of cuBLAS");
      version = number[0] / 10_000 + "." + number[0] / 100 % 100 + "." + number[0] % 100;
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /** Returns the version, for example "12.6.3". */
  String version() {
    return version;
  }

  /** Returns the handle of a stream, set to a math mode. */
  cublasHandle handle(CUstream stream, int math) {
    // By index: an iterator would be an object for each product.
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (line.stream.equals(stream)) {
        if (line.math != math) {
          check(cublasSetMathMode(line.handle, math), "set the math mode of cuBLAS");
          line.math = math;
        }
        return line.handle;
      }
    }
    throw new BackendException(
        "multiply with cuBLAS",
        "a stream without a handle, such as one on which a graph is recorded",
        "the main or the side stream",
        "Do not record products in graphs; report this with the shapes used");
  }

  /** Throws an exception unless the status means success. */
  static void check(int status, String operation) {
    if (status != cublasStatus.CUBLAS_STATUS_SUCCESS) {
      throw new BackendException(
          operation, cublasStatus.stringFor(status), "success", remedy(status));
    }
  }

  private static String remedy(int status) {
    return switch (status) {
      case cublasStatus.CUBLAS_STATUS_ALLOC_FAILED ->
          "Close other programs on the device (nvidia-smi lists them), or open the backend with "
              + ProductEngine.OWN.setting();
      case cublasStatus.CUBLAS_STATUS_NOT_INITIALIZED, cublasStatus.CUBLAS_STATUS_ARCH_MISMATCH ->
          "Install a cuBLAS of CUDA 12 that supports the device and the driver, or open the backend"
              + " with "
              + ProductEngine.OWN.setting();
      case cublasStatus.CUBLAS_STATUS_EXECUTION_FAILED ->
          "The device's context is lost; restart the program, and report this with the shapes used";
      default ->
          "Open the backend with "
              + ProductEngine.OWN.setting()
              + ", and report this with the shapes used";
    };
  }

  /** Ignores status codes, because all handles must be closed. */
  @Override
  public void close() {
    for (Line line : lines) {
      cublasDestroy(line.handle);
    }
    lines.clear();
  }
}
