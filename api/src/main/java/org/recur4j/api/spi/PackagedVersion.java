package org.recur4j.api.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The version of a module of this library, as its build wrote it into the module's resources. */
public final class PackagedVersion {
  private PackagedVersion() {}

  /**
   * Returns the version of a module: from its jar, a jar made of several jars, or compiled classes.
   *
   * @param owner a class of the module
   * @param artifact the module's name in the build, such as {@code "recur4j-backend-ejml"}
   * @return e.g. {@code "1.2.0"}; {@code "unknown"} where the classes came without their resources
   */
  public static String of(Class<?> owner, String artifact) {
    // A folder whose name is no package's, so that the resource of a named module can be read here.
    String resource = "/META-INF/recur4j/" + artifact + "/version.txt";
    try (InputStream content = owner.getResourceAsStream(resource)) {
      return content == null
          ? "unknown"
          : new String(content.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      return "unknown";
    }
  }
}
