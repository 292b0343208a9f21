package org.recur4j.api.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.error.BackendException;
import org.recur4j.conformance.toy.ToyProvider;

/** Discovery through class loaders as hosts, plug-ins and merged jars have them. */
class DiscoveryTest {
  private static final String SERVICE_FILE = "META-INF/services/" + BackendProvider.class.getName();
  private static final String TOY = ToyProvider.class.getName();
  private static final String TOY_ROW = "toy: available, score 0 (plain Java loops, one thread)";

  @TempDir Path folder;
  private final List<URLClassLoader> opened = new ArrayList<>();
  private ClassLoader context;

  @BeforeEach
  void remember() {
    context = Thread.currentThread().getContextClassLoader();
  }

  @AfterEach
  void restore() throws IOException {
    Thread.currentThread().setContextClassLoader(context);
    for (URLClassLoader loader : opened) {
      loader.close();
    }
  }

  @Test
  void aHostsOwnCopyIsPassedOverAndTheLibrarysLoaderIsTried() throws Exception {
    ClassLoader host = copy("host", TOY);
    ClassLoader plugin = copy("plugin", TOY);
    assertThat(report(plugin, host))
        .satisfiesExactly(
            row ->
                assertThat(row)
                    .startsWith(TOY + ": unavailable, it belongs to another copy of this library: ")
                    .contains(
                        "of class loader host; this copy is ", "of class loader plugin; put a"),
            row -> assertThat(row).isEqualTo(TOY_ROW));
    assertThat(openToy(plugin, host)).isEqualTo(plugin);
  }

  @Test
  void aHostsBackendIsNoSubstituteForOneBesideThisCopy() throws Exception {
    ClassLoader host = copy("host", TOY);
    ClassLoader plugin = copy("plugin");
    assertThat(report(plugin, host)).singleElement().asString().contains("another copy");
    assertThatThrownBy(() -> openToy(plugin, host))
        .hasMessageContaining("put a jar of this backend next to this copy");
  }

  @Test
  void aProviderSeenThroughTwoLoadersIsListedOnce() throws Exception {
    ClassLoader plugin = copy("plugin", TOY);
    ClassLoader child = opened(new URLClassLoader(new URL[0], plugin));
    assertThat(report(plugin, plugin)).containsExactly(TOY_ROW);
    assertThat(report(plugin, child)).containsExactly(TOY_ROW);
    ClassLoader broken = copy("broken", "com.example.Gone");
    ClassLoader below = opened(new URLClassLoader(new URL[0], broken));
    assertThat(report(broken, below)).singleElement().asString().contains("com.example.Gone not");
  }

  @Test
  void contextLoadersThatSeeNothingOrThrowLeaveTheLibrarysOwn() throws Exception {
    ClassLoader plugin = copy("plugin", TOY);
    assertThat(report(plugin, null)).containsExactly(TOY_ROW);
    assertThat(report(plugin, ClassLoader.getPlatformClassLoader())).containsExactly(TOY_ROW);
    assertThat(report(plugin, new Stopped()))
        .satisfiesExactly(
            row -> assertThat(row).contains("IllegalStateException: application stopped"),
            row -> assertThat(row).isEqualTo(TOY_ROW));
  }

  @Test
  void whatTheContextLoaderAddsToTheLibraryIsFound() throws Exception {
    ClassLoader server = copy("server");
    Path services = services("application", TOY);
    ClassLoader application = opened(new URLClassLoader(new URL[] {url(services)}, server));
    assertThat(report(server, application)).containsExactly(TOY_ROW);
    assertThat(report(server, server)).isEmpty();
  }

  @Test
  void aClassThatIsNoProviderAtAllIsCalledThat() throws Exception {
    ClassLoader plugin = copy("plugin", "java.util.ArrayList", DiscoveryTest.class.getName(), TOY);
    assertThat(report(plugin, null))
        .satisfiesExactly(
            row ->
                assertThat(row)
                    .startsWith(DiscoveryTest.class.getName())
                    .contains(" is no " + BackendProvider.class.getName()),
            row -> assertThat(row).isEqualTo(TOY_ROW));
  }

  @Test
  void aMergedJarWithoutItsServiceFilesIsToldToMergeThem() throws IOException {
    ClassLoader jar = opened(new URLClassLoader(new URL[] {url(classFiles("ejml", "Ejml"))}, null));
    Backends backends = Backends.discover(jar);
    assertThat(backends.candidates().candidates())
        .extracting(Candidate::toString)
        .singleElement()
        .asString()
        .startsWith("ejml: unavailable, its class is present (file:")
        .contains("but no " + SERVICE_FILE + " lists it", "ServicesResourceTransformer");
    for (String name : new String[] {null, "ejml", "nd4j"}) {
      assertThatThrownBy(() -> backends.choose(name, BackendOptions.defaults()))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("ServicesResourceTransformer")
          .hasMessageEndingWith("Follow a remedy above.");
    }
  }

  @Test
  void aMergedJarThatKeptOneServiceFileOfSeveralIsToldOfTheOthers() throws IOException {
    Path jar = classFiles("ejml", "Ejml");
    classFiles("cuda", "Cuda");
    services("jar", TOY);
    ClassLoader loader =
        opened(new URLClassLoader(new URL[] {url(jar)}, getClass().getClassLoader()));
    assertThat(Backends.discover(loader).candidates().candidates())
        .extracting(Candidate::name)
        .containsExactly("toy", "ejml", "cuda");
  }

  @Test
  void aServiceFileWithALineThatIsNoClassNameIsNamedAsTheCause() throws IOException {
    Path jar = classFiles("ejml", "Ejml");
    services("jar", "org.recur4j.backend.ejml.EjmlProvider # ours", "<<<<<<< merged");
    ClassLoader loader = opened(new URLClassLoader(new URL[] {url(jar)}, null));
    assertThat(Backends.discover(loader).candidates().candidates())
        .extracting(Candidate::toString)
        .satisfiesExactly(
            row -> assertThat(row).startsWith("(unreadable service entry)").contains(SERVICE_FILE),
            row ->
                assertThat(row).startsWith("ejml: ").contains("is listed, but the list could not"));
  }

  @Test
  void aLoaderThatFailsForeverIsAskedAFewTimes() {
    assertThat(Backends.discover(new Endless(false)).candidates().candidates())
        .extracting(Candidate::toString)
        .singleElement()
        .asString()
        .contains("disk failure");
    assertThat(Backends.discover(new Endless(true)).candidates().candidates())
        .hasSizeBetween(2, 1000);
  }

  /** The library of one loader, asked with another as the thread's context loader. */
  private static List<String> report(ClassLoader library, ClassLoader context) throws Exception {
    Thread.currentThread().setContextClassLoader(context);
    Object report = backends(library).getMethod("report").invoke(null);
    List<?> candidates = (List<?>) report.getClass().getMethod("candidates").invoke(report);
    return candidates.stream().map(Object::toString).toList();
  }

  /** The class loader of the backend that opens. */
  private static ClassLoader openToy(ClassLoader library, ClassLoader context) throws Exception {
    Thread.currentThread().setContextClassLoader(context);
    try (AutoCloseable toy =
        (AutoCloseable) backends(library).getMethod("open", String.class).invoke(null, "toy")) {
      return toy.getClass().getClassLoader();
    } catch (java.lang.reflect.InvocationTargetException refused) {
      throw (Exception) refused.getCause();
    }
  }

  private static Class<?> backends(ClassLoader library) throws ClassNotFoundException {
    return library.loadClass(Backends.class.getName());
  }

  /** A loader with a copy of the library and the toy of its own, and the service lines given. */
  private ClassLoader copy(String name, String... lines) throws IOException {
    URL[] places = {url(services(name, lines)), place(Backends.class), place(ToyProvider.class)};
    return opened(
        new URLClassLoader(name, places, ClassLoader.getPlatformClassLoader()) {
          @Override
          public String toString() {
            return name;
          }
        });
  }

  private Path services(String name, String... lines) throws IOException {
    Path file = folder.resolve(name).resolve(SERVICE_FILE);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
    return folder.resolve(name);
  }

  /** A folder in which a backend's provider lies, as a merged jar has it. */
  private Path classFiles(String backend, String prefix) throws IOException {
    Path jar = folder.resolve("jar");
    Path type = jar.resolve("org/recur4j/backend/" + backend + "/" + prefix + "Provider.class");
    Files.createDirectories(type.getParent());
    Files.createFile(type);
    return jar;
  }

  private static URL place(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static URL url(Path path) throws IOException {
    return path.toUri().toURL();
  }

  private URLClassLoader opened(URLClassLoader loader) {
    opened.add(loader);
    return loader;
  }

  /** As a server's loader is once its application has been stopped. */
  private static final class Stopped extends ClassLoader {
    @Override
    public Enumeration<URL> getResources(String name) {
      throw new IllegalStateException("application stopped");
    }

    @Override
    public URL getResource(String name) {
      throw new IllegalStateException("application stopped");
    }
  }

  /** Cannot list its resources, today or ever. */
  private static final class Endless extends ClassLoader {
    private final boolean changing;
    private int calls;

    Endless(boolean changing) {
      super(null);
      this.changing = changing;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      if (name.startsWith("org/")) {
        return Collections.emptyEnumeration();
      }
      throw new IOException("disk failure" + (changing ? " " + calls++ : ""));
    }
  }
}
