package org.recur4j.backend.ejml.engine;

import java.util.Optional;

/**
 * Finds the fastest {@link FloatEngine} that this Java machine can run. The classes of the vector
 * engine refer to an incubator module, so they are compiled separately, found by name, and loaded
 * only if the module is present.
 */
public final class FloatEngines {
  /** The system property that disables vectors, for a comparison, if set to {@code plain}. */
  static final String PROPERTY = "recur4j.ejml.engine";

  private static final String MODULE = "jdk.incubator.vector";

  private FloatEngines() {}

  /**
   * Returns the vector engine if it loads, else the plain one, whose description contains the
   * reason.
   */
  public static FloatEngine preferred() {
    String wish = System.getProperty(PROPERTY, "vector");
    if (wish.equals("plain")) {
      return plain("-D" + PROPERTY + "=plain");
    }
    Optional<Module> vectors = ModuleLayer.boot().findModule(MODULE);
    if (vectors.isEmpty()) {
      return plain("for vectors add --add-modules " + MODULE);
    }
    // The module does not declare that it reads an incubator module, because every user's compiler
    // would warn of it.
    FloatEngines.class.getModule().addReads(vectors.get());
    try {
      return Class.forName("org.recur4j.backend.ejml.vector.VectorEngine")
          .asSubclass(FloatEngine.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | LinkageError failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      return plain("the vector engine did not load: " + cause);
    }
  }

  static FloatEngine plain(String reason) {
    return new PlainEngine(reason);
  }
}
