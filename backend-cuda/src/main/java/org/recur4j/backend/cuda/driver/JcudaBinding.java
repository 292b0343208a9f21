package org.recur4j.backend.cuda.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BiFunction;
import org.recur4j.api.backend.Availability.Unavailable;

/**
 * One of JCuda's jars with native code, and the procedure that loads it.
 *
 * @param title name for messages
 * @param artifact artifact ID of the jar; that of its native libraries ends in {@code -natives}
 */
public record JcudaBinding(String title, String artifact) {
  private static final String VERSION = "12.6.0";
  private static final String TEMPORARY = "java.io.tmpdir";

  /**
   * Returns the classifier of JCuda's native libraries for this machine, or null if there are none.
   */
  public static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean x86 = processor.equals("amd64") || processor.equals("x86_64");
    if (x86 && system.startsWith("linux")) {
      return "linux-x86_64";
    }
    return x86 && system.startsWith("windows") ? "windows-x86_64" : null;
  }

  /**
   * Loads the native library of the jar by initializing one of its classes.
   *
   * @param firstTouch action that initializes the class
   * @param why function from a failure and the platform to an explanation
   * @return null if the library was loaded
   */
  public Unavailable load(Runnable firstTouch, BiFunction<LinkageError, String, Unavailable> why) {
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
      touchInPrivate(firstTouch);
      return null;
    } catch (LinkageError failure) {
      return why.apply(failure, platform);
    } catch (IOException | UncheckedIOException failure) {
      return new Unavailable(
          "cannot create a private folder for "
              + title
              + "'s native library: "
              + failure.getMessage(),
          "make " + System.getProperty(TEMPORARY) + " writable");
    }
  }

  /**
   * Runs the action with a private temporary folder, because JCuda unpacks its library to the
   * temporary folder under a fixed name and loads any existing file of that name, which another
   * user may have created. Synchronized, because the property is global.
   */
  private static synchronized void touchInPrivate(Runnable firstTouch) throws IOException {
    String before = System.getProperty(TEMPORARY);
    Path folder = Files.createTempDirectory("recur4j-cuda-");
    try {
      System.setProperty(TEMPORARY, folder.toString());
      firstTouch.run();
    } finally {
      System.setProperty(TEMPORARY, before);
      empty(folder);
    }
  }

  /**
   * Deletes the folder. Linux can delete a loaded library; Windows locks it until the virtual
   * machine exits.
   */
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

  /** Returns an explanation of failures that are common to all jars. */
  public Unavailable explain(LinkageError failure, String platform) {
    String message = String.valueOf(failure.getMessage());
    String natives =
        "put the jar org.jcuda:"
            + artifact
            + "-natives:"
            + VERSION
            + " with classifier linux-x86_64 or windows-x86_64 on the class path";
    if (failure instanceof NoClassDefFoundError) {
      return new Unavailable(
          title + " is not on the class path: missing class " + message.replace('/', '.'),
          "put the jar org.jcuda:" + artifact + ":" + VERSION + " on the class path");
    }
    if (message.contains("No resource found")) {
      return new Unavailable(
          title + "'s native library for " + platform + " is not on the class path", natives);
    }
    return new Unavailable(
        title + "'s native library cannot be loaded: " + message.split("\\R", 2)[0],
        natives + ", and check that the folder for temporary files allows execution");
  }

  /** Returns the first line that contains one of two words, without preceding exception names. */
  public static String line(String message, String word, String other) {
    for (String line : message.split("\\R", -1)) {
      if (line.contains(word) || line.contains(other)) {
        String bare = line.replaceFirst("^.*UnsatisfiedLinkError: ", "").strip();
        return bare.replaceFirst("^/\\S+\\.so: ", "");
      }
    }
    return word;
  }
}
