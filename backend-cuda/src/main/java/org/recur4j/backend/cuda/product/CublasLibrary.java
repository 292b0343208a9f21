package org.recur4j.backend.cuda.product;

import jcuda.jcublas.JCublas2;
import org.recur4j.api.backend.Availability.Unavailable;
import org.recur4j.backend.cuda.driver.JcudaBinding;

/**
 * Loads JCuda's binding to cuBLAS, once for the life of this class and only when somebody asked for
 * cuBLAS. As with the driver, what the first attempt found is remembered.
 */
public final class CublasLibrary {
  private static final JcudaBinding BINDING = new JcudaBinding("JCublas2", "jcublas");
  private static final String INSTALL =
      "install the libraries of CUDA 12 and name the folder that holds libcublas.so.12 in"
          + " LD_LIBRARY_PATH (on Windows: cublas64_12.dll, in PATH)";

  private static boolean attempted;
  private static Unavailable obstacle;

  private CublasLibrary() {}

  /** Loads the binding the first time; null if it is there, else why not. */
  public static synchronized Unavailable load() {
    if (!attempted) {
      attempted = true;
      obstacle = BINDING.load(() -> JCublas2.setExceptionsEnabled(false), CublasLibrary::explain);
    }
    return obstacle;
  }

  static Unavailable explain(LinkageError failure, String platform) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof NoClassDefFoundError) {
      Unavailable missing = BINDING.explain(failure, platform);
      return new Unavailable(
          missing.reason(),
          "put the jars org.jcuda:jcublas:12.6.0 and, with classifier "
              + platform
              + ", org.jcuda:jcublas-natives:12.6.0 on the class path");
    }
    if (message.contains("undefined symbol")
        || message.contains("version `libcublas")
        || message.contains("procedure could not be found")) {
      return new Unavailable(
          "the cuBLAS here is none of CUDA 12: "
              + JcudaBinding.line(message, "undefined symbol", "version `libcublas"),
          INSTALL);
    }
    if ((message.contains("libcublas") && message.contains("cannot open shared object"))
        || message.contains("dependent libraries")) {
      return new Unavailable(
          "no cuBLAS of CUDA 12: "
              + JcudaBinding.line(message, "cannot open shared object", "dependent libraries"),
          INSTALL);
    }
    return BINDING.explain(failure, platform);
  }
}
