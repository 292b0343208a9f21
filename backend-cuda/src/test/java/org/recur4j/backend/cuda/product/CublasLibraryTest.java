package org.recur4j.backend.cuda.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Availability.Unavailable;
import org.recur4j.backend.cuda.driver.JcudaBinding;

/** Why cuBLAS does not load, in its own words and in ours. */
class CublasLibraryTest {
  private static Unavailable explain(String message) {
    return CublasLibrary.explain(new UnsatisfiedLinkError(message), "linux-x86_64");
  }

  @Test
  void namesAMissingCublas() {
    Unavailable refusal =
        explain(
            "Error while loading native library \"JCublas2-12.6.0-linux-x86_64\"\n"
                + "java.lang.UnsatisfiedLinkError: /tmp/x/libJCublas2-12.6.0-linux-x86_64.so:"
                + " libcublas.so.12: cannot open shared object file: No such file or directory\n");

    assertThat(refusal.reason())
        .isEqualTo(
            "no cuBLAS of CUDA 12: libcublas.so.12: cannot open shared object file: No such file"
                + " or directory");
    assertThat(refusal.remedy()).contains("CUDA 12", "libcublas.so.12", "LD_LIBRARY_PATH");
  }

  @Test
  void namesACublasOfAnotherVersion() {
    assertThat(
            explain(
                    "java.lang.UnsatisfiedLinkError: /tmp/x.so: /opt/libcublas.so.12: version"
                        + " `libcublas.so.12' not found (required by /tmp/x.so)")
                .reason())
        .isEqualTo(
            "the installed cuBLAS is not that of CUDA 12: /opt/libcublas.so.12: version"
                + " `libcublas.so.12'"
                + " not found (required by /tmp/x.so)");
    assertThat(explain("java.lang.UnsatisfiedLinkError: /x.so: undefined symbol: cublasFoo"))
        .satisfies(refusal -> assertThat(refusal.reason()).contains("undefined symbol: cublasFoo"))
        .satisfies(refusal -> assertThat(refusal.remedy()).contains("CUDA 12"));
  }

  @Test
  void handsOnWhatItDoesNotKnow() {
    assertThat(explain("a strange thing\nand more").reason())
        .isEqualTo("JCublas2's native library cannot be loaded: a strange thing");
  }

  /** As for a user who has the backend and JCuda alone. */
  @Test
  void namesTheMissingJar() throws Exception {
    assertThat(loadWithout("jcublas-1", "jcublas-natives"))
        .contains("JCublas2 is not on the class path: missing class jcuda.jcublas.JCublas2")
        .contains("org.jcuda:jcublas:12.6.0", "org.jcuda:jcublas-natives:12.6.0");
  }

  @Test
  void namesMissingNatives() throws Exception {
    Assumptions.assumeTrue(JcudaBinding.platform() != null, "JCuda has no natives for this system");

    assertThat(loadWithout("jcublas-natives"))
        .contains("JCublas2's native library for " + JcudaBinding.platform())
        .contains("org.jcuda:jcublas-natives:12.6.0");
  }

  /** Where there is a cuBLAS this loads it; either answer is the same twice. */
  @Test
  void remembersTheFirstAnswerAndLeavesTheTemporaryFolderAlone() {
    String folder = System.getProperty("java.io.tmpdir");

    Unavailable first = CublasLibrary.load();
    Unavailable second = CublasLibrary.load();

    assertThat(second).isSameAs(first);
    assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(folder);
    if (first != null) {
      assertThat(first.reason()).doesNotContain("NoClassDefFoundError").isNotBlank();
      assertThat(first.remedy()).isNotBlank();
    }
  }

  /** What a class path without some jars answers, with classes of its own. */
  private static String loadWithout(String... jars)
      throws IOException, ReflectiveOperationException {
    try (URLClassLoader loader =
        new URLClassLoader(classPathWithout(jars), ClassLoader.getPlatformClassLoader())) {
      Method load = loader.loadClass(CublasLibrary.class.getName()).getDeclaredMethod("load");
      load.setAccessible(true);
      return String.valueOf(load.invoke(null));
    } catch (InvocationTargetException failed) {
      throw new AssertionError("load must answer, not throw", failed.getCause());
    }
  }

  private static URL[] classPathWithout(String... jars) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      boolean left = false;
      for (String jar : jars) {
        left |= Path.of(entry).getFileName().toString().startsWith(jar);
      }
      if (!left) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return urls.toArray(new URL[0]);
  }
}
