package org.recur4j.backend.nd4j.natives;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.recur4j.api.backend.Availability;

/**
 * The native libraries that the backend requires, and the check whether they are on the class path.
 */
public final class Natives {
  private static final int SCORE = 100;
  private static final String OTHERWISE =
      "or use the backend ejml, which needs no native libraries";

  /** The platforms of ND4J's artifact nd4j-native-platform, without phones. */
  private static final List<String> PUBLISHED =
      List.of("linux-x86_64", "linux-armhf", "macosx-x86_64", "windows-x86_64");

  /**
   * A jar with native libraries, represented by the library that Java loads first.
   *
   * @param artifact Maven coordinates without version and classifier
   * @param folder folder of its libraries, without the platform
   * @param library name of the library, as for {@link System#loadLibrary}
   * @param version version of the artifact
   */
  private record Required(String artifact, String folder, String library, String version) {
    String resource(String platform) {
      return folder + "/" + platform + "/" + System.mapLibraryName(library);
    }

    String coordinates(String platform) {
      return artifact + ":" + version + ":" + platform;
    }
  }

  private Natives() {}

  /** Checks the class path for the libraries of the current platform, without loading them. */
  static Availability look() {
    ClassLoader loader = Natives.class.getClassLoader();
    return look(platform(), resource -> loader.getResource(resource) != null);
  }

  /**
   * Returns the platform for which JavaCPP loads libraries. The class Loader also provides it, but
   * loads a library during its initialization, which takes a quarter of a second.
   */
  static String platform() {
    return System.getProperty("org.bytedeco.javacpp.platform", Loader.Detector.getPlatform());
  }

  /** Checks a class path for the libraries of a platform. */
  static Availability look(String platform, Predicate<String> present) {
    StringBuilder missing = new StringBuilder();
    for (Required required : required()) {
      if (!present.test(required.resource(platform))) {
        missing.append(missing.isEmpty() ? "" : ", ").append(required.coordinates(platform));
      }
    }
    if (missing.isEmpty()) {
      return new Availability.Available(
          SCORE, "ND4J " + nd4jVersion() + " natives for " + platform + ", " + openBlas());
    }
    if (!PUBLISHED.contains(platform)) {
      return new Availability.Unavailable(
          "ND4J " + nd4jVersion() + " has no native libraries for " + platform,
          "run on one of " + PUBLISHED + ", " + OTHERWISE);
    }
    return new Availability.Unavailable(
        "ND4J's native libraries for " + platform + " are not on the class path",
        "add " + missing + ", " + OTHERWISE);
  }

  /** Returns why existing libraries could not be loaded, with a remedy. */
  static Availability.Unavailable unloadable(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return new Availability.Unavailable(
        "ND4J's native libraries for " + platform() + " cannot be loaded: " + cause,
        "check that the jars of "
            + coordinates(platform())
            + " are complete, that this system has the required C library (glibc on"
            + " Linux), and that JavaCPP's cache folder, ~/.javacpp/cache or"
            + " -Dorg.bytedeco.javacpp.cachedir, is writable, "
            + OTHERWISE);
  }

  /** Returns the name and version of OpenBLAS. */
  public static String openBlas() {
    return openblas_nolapack.OPENBLAS_VERSION.strip();
  }

  /** Returns the version of the ND4J on the class path. */
  public static String nd4jVersion() {
    return version("org.nd4j", "nd4j-native");
  }

  private static String coordinates(String platform) {
    StringBuilder all = new StringBuilder();
    for (Required required : required()) {
      all.append(all.isEmpty() ? "" : ", ").append(required.coordinates(platform));
    }
    return all.toString();
  }

  private static List<Required> required() {
    return List.of(
        new Required(
            "org.nd4j:nd4j-native",
            "org/nd4j/linalg/cpu/nativecpu/bindings",
            "jnind4jcpu",
            nd4jVersion()),
        new Required(
            "org.bytedeco:openblas",
            "org/bytedeco/openblas",
            "jniopenblas_nolapack",
            version("org.bytedeco", "openblas")),
        new Required(
            "org.bytedeco:javacpp",
            "org/bytedeco/javacpp",
            "jnijavacpp",
            version("org.bytedeco", "javacpp")));
  }

  /** Returns the version in the jar's Maven metadata. */
  private static String version(String group, String artifact) {
    String path = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
    try (InputStream stream = Natives.class.getResourceAsStream(path)) {
      Properties properties = new Properties();
      if (stream != null) {
        properties.load(stream);
      }
      return properties.getProperty("version", "of an unknown version");
    } catch (IOException unreadable) {
      return "of an unknown version";
    }
  }
}
