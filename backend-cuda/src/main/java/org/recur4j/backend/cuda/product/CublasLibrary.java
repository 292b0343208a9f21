package org.recur4j.backend.cuda.product;

import jcuda.jcublas.JCublas2;
import org.recur4j.api.backend.Availability.Unavailable;
import org.recur4j.backend.cuda.driver.JcudaBinding;

/**
 * Loads JCuda's cuBLAS binding once for the lifetime of this class, and only if cuBLAS is
 * requested. As for the driver, the result of the first attempt is kept.
 */
public final class CublasLibrary {
  private static final JcudaBinding BINDING = new JcudaBinding("JCublas2", "jcublas");
  private static final String INSTALL =
      "install the libraries of CUDA 12 and add the folder that contains libcublas.so.12 to"
          + " LD_LIBRARY_PATH (on Windows: cublas64_12.dll, to PATH)";

  private static boolean attempted;
  private static Unavailable obstacle;

  private CublasLibrary() {}

  /** Loads the binding on the first call; returns null if it is loaded, else the reason why not. */
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
          "the installed cuBLAS is not that of CUDA 12: "
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
