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
 * One of JCuda's jars with native code, and how it loads.
 *
 * @param title as a person knows it
 * @param artifact of the jar; that of its natives has {@code -natives} behind it
 */
public record JcudaBinding(String title, String artifact) {
  private static final String VERSION = "12.6.0";
  private static final String TEMPORARY = "java.io.tmpdir";

  /** The classifier of JCuda's natives for this machine, or null where there are none. */
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
   * Touches a class of the jar, which loads its native library.
   *
   * @param firstTouch the touch
   * @param why explains its failure, given the platform
   * @return null if the library loaded
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
          "no private folder for "
              + title
              + "'s native library could be made: "
              + failure.getMessage(),
          "make " + System.getProperty(TEMPORARY) + " writable");
    }
  }

  /**
   * JCuda unpacks its library into the temporary folder under a fixed name and loads whatever lies
   * there already, which anybody may have put there. So the folder is a private one meanwhile; one
   * load at a time, because the property is everybody's.
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

  /** What every one of these jars can lack. */
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
          title + " is not on the class path: there is no class " + message.replace('/', '.'),
          "put the jar org.jcuda:" + artifact + ":" + VERSION + " on the class path");
    }
    if (message.contains("No resource found")) {
      return new Unavailable(
          title + "'s native library for " + platform + " is not on the class path", natives);
    }
    return new Unavailable(
        title + "'s native library does not load: " + message.split("\\R", 2)[0],
        natives + ", and check that the folder for temporary files allows programs");
  }

  /** The first line that holds one of two words, without the names of exceptions before it. */
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
