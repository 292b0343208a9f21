package org.recur4j.backend.cuda.driver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import jcuda.driver.JCudaDriver;
import org.recur4j.api.backend.Availability.Unavailable;

/**
 * Loads JCuda's driver binding once for the lifetime of this class. The result of the first attempt
 * is kept, because the virtual machine reports only once why the initialization of a class failed.
 */
final class DriverLibrary {
  private static final JcudaBinding BINDING = new JcudaBinding("JCuda", "jcuda");
  private static final String REMEDY_DRIVER =
      "install NVIDIA's driver, 525 or newer (nvidia-smi shows it), or use the backend ejml";

  private static boolean attempted;
  private static Unavailable obstacle;

  private DriverLibrary() {}

  /** Loads the binding on the first call; returns null if it is loaded, else the reason why not. */
  static Unavailable load() {
    return load(traces());
  }

  /**
   * Loads the binding after checking the file system for traces of an installed driver, because
   * loading JCuda takes far longer than a probe may, and most machines have no device.
   *
   * @param traces files of which at least one exists if a driver is installed; empty to load
   *     without a check
   */
  static synchronized Unavailable load(List<Path> traces) {
    if (!attempted) {
      attempted = true;
      obstacle =
          traces.isEmpty() || anyExists(traces)
              ? attempt()
              : new Unavailable(
                  "no NVIDIA driver: there is none of " + listed(traces), REMEDY_DRIVER);
    }
    return obstacle;
  }

  private static boolean anyExists(List<Path> paths) {
    for (Path path : paths) {
      if (Files.exists(path)) {
        return true;
      }
    }
    return false;
  }

  private static String listed(List<Path> paths) {
    StringJoiner names = new StringJoiner(", ");
    for (Path path : paths) {
      names.add(path.toString());
    }
    return names.toString();
  }

  /**
   * Returns the files of the driver's kernel module or of Windows as the host of Linux; on Windows,
   * the driver's library.
   */
  private static List<Path> traces() {
    String platform = JcudaBinding.platform();
    if (platform == null) {
      return List.of();
    }
    String windows = System.getenv("SystemRoot");
    if (platform.startsWith("windows")) {
      return windows == null ? List.of() : List.of(Path.of(windows, "System32", "nvcuda.dll"));
    }
    return List.of(Path.of("/proc/driver/nvidia"), Path.of("/dev/nvidiactl"), Path.of("/dev/dxg"));
  }

  private static Unavailable attempt() {
    return BINDING.load(() -> JCudaDriver.setExceptionsEnabled(false), DriverLibrary::explain);
  }

  static Unavailable explain(LinkageError failure, String platform) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("undefined symbol") || message.contains("procedure could not be found")) {
      return new Unavailable(
          "the NVIDIA driver is too old: "
              + JcudaBinding.line(message, "undefined symbol", "procedure"),
          "install driver 525 or newer");
    }
    if (message.contains("libcuda.so") || message.contains("dependent libraries")) {
      return new Unavailable(
          "no NVIDIA driver: " + JcudaBinding.line(message, "libcuda.so", "dependent libraries"),
          REMEDY_DRIVER);
    }
    return BINDING.explain(failure, platform);
  }
}
