package org.recur4j.backend.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import jcuda.driver.JCudaDriver;
import org.recur4j.api.backend.Availability.Unavailable;

/**
 * Loads JCuda's driver binding, once for the life of this class. What the first attempt found is
 * remembered, because the virtual machine tells why a class did not initialise only once.
 */
final class DriverLibrary {
  private static final String TEMPORARY = "java.io.tmpdir";
  private static final String REMEDY_NATIVES =
      "put the jar org.jcuda:jcuda-natives:12.6.0 with classifier linux-x86_64 or windows-x86_64 on"
          + " the class path";
  private static final String REMEDY_DRIVER =
      "install NVIDIA's driver, 525 or newer (nvidia-smi shows it), or use the backend ejml";

  private static boolean attempted;
  private static Unavailable obstacle;

  private DriverLibrary() {}

  /** Loads the binding the first time; null if it is there, else why not. */
  static Unavailable load() {
    return load(traces());
  }

  /**
   * The same, but first looks for what an installed driver leaves in the file system: reading and
   * unpacking JCuda takes far longer than a probe may, and most machines have no device.
   *
   * @param traces files of which a machine with a driver has one; none to try without looking
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
   * On Linux what the driver's kernel module shows, or Windows below it; on Windows its library.
   */
  private static List<Path> traces() {
    String platform = platform();
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
    String platform = platform();
    if (platform == null) {
      return new Unavailable(
          "JCuda has no native libraries for "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch"),
          "use a Linux or Windows machine with an x86-64 processor, or the backend ejml");
    }
    try {
      initialise();
      return null;
    } catch (LinkageError failure) {
      return explain(failure, platform);
    } catch (IOException | UncheckedIOException failure) {
      return new Unavailable(
          "no private folder for JCuda's native library could be made: " + failure.getMessage(),
          "make " + System.getProperty(TEMPORARY) + " writable");
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean x86 = processor.equals("amd64") || processor.equals("x86_64");
    if (x86 && system.startsWith("linux")) {
      return "linux-x86_64";
    }
    return x86 && system.startsWith("windows") ? "windows-x86_64" : null;
  }

  /**
   * JCuda unpacks its library into the temporary folder under a fixed name and loads whatever lies
   * there already, which anybody may have put there. So the folder is a private one meanwhile.
   */
  private static void initialise() throws IOException {
    String before = System.getProperty(TEMPORARY);
    Path folder = Files.createTempDirectory("recur4j-cuda-");
    try {
      System.setProperty(TEMPORARY, folder.toString());
      JCudaDriver.setExceptionsEnabled(false);
    } finally {
      System.setProperty(TEMPORARY, before);
      empty(folder);
    }
  }

  /** A loaded library can be removed on Linux; Windows holds on to it until the machine ends. */
  private static void empty(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!file.toFile().delete()) {
          file.toFile().deleteOnExit();
        }
      }
    }
    if (!folder.toFile().delete()) {
      folder.toFile().deleteOnExit();
    }
  }

  static Unavailable explain(LinkageError failure, String platform) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof NoClassDefFoundError) {
      return new Unavailable(
          "JCuda is not on the class path: there is no class " + message.replace('/', '.'),
          "put the jar org.jcuda:jcuda:12.6.0 on the class path");
    }
    if (message.contains("undefined symbol") || message.contains("procedure could not be found")) {
      return new Unavailable(
          "the NVIDIA driver is too old: " + line(message, "undefined symbol", "procedure"),
          "install driver 525 or newer");
    }
    if (message.contains("libcuda.so") || message.contains("dependent libraries")) {
      return new Unavailable(
          "no NVIDIA driver: " + line(message, "libcuda.so", "dependent libraries"), REMEDY_DRIVER);
    }
    if (message.contains("No resource found")) {
      return new Unavailable(
          "JCuda's native library for " + platform + " is not on the class path", REMEDY_NATIVES);
    }
    return new Unavailable(
        "JCuda's native library does not load: " + message.split("\\R", 2)[0],
        REMEDY_NATIVES + ", and check that the folder for temporary files allows programs");
  }

  /** The first line that holds one of two words, without the names of exceptions before it. */
  private static String line(String message, String word, String other) {
    for (String line : message.split("\\R", -1)) {
      if (line.contains(word) || line.contains(other)) {
        String bare = line.replaceFirst("^.*UnsatisfiedLinkError: ", "").strip();
        return bare.replaceFirst("^/\\S+\\.so: ", "");
      }
    }
    return word;
  }
}
