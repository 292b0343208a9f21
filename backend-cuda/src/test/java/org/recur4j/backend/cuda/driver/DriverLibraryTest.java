package org.recur4j.backend.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.backend.Availability.Unavailable;
import org.recur4j.backend.cuda.CudaProvider;

/** Why JCuda's binding does not load, in its own words and in ours. */
class DriverLibraryTest {
  private static Unavailable explain(String message) {
    return DriverLibrary.explain(new UnsatisfiedLinkError(message), "linux-x86_64");
  }

  @Test
  void namesAMissingDriver() {
    Unavailable refusal =
        explain(
            "Error while loading native library \"JCudaDriver-12.6.0-linux-x86_64\"\n"
                + "Stack trace from the attempt to load the library as a resource:\n"
                + "java.lang.UnsatisfiedLinkError: /tmp/x/libJCudaDriver.so: libcuda.so.1: cannot open"
                + " shared object file: No such file or directory\n");

    assertThat(refusal.reason())
        .isEqualTo(
            "no NVIDIA driver: libcuda.so.1: cannot open shared object file: No such file or"
                + " directory");
    assertThat(refusal.remedy()).contains("525 or newer", "backend ejml");
  }

  @Test
  void namesMissingNatives() {
    Unavailable refusal = explain("java.io.IOException: No resource found with name '/lib/lib.so'");

    assertThat(refusal.reason())
        .isEqualTo("JCuda's native library for linux-x86_64 is not on the class path");
    assertThat(refusal.remedy()).contains("org.jcuda:jcuda-natives:12.6.0", "linux-x86_64");
  }

  @Test
  void namesAnOldDriver() {
    Unavailable refusal =
        explain("java.lang.UnsatisfiedLinkError: /tmp/x.so: undefined symbol: cuGraphInstantiate");

    assertThat(refusal.reason())
        .isEqualTo("the NVIDIA driver is too old: undefined symbol: cuGraphInstantiate");
    assertThat(refusal.remedy()).isEqualTo("install driver 525 or newer");
  }

  @Test
  void namesMissingJcuda() {
    LinkageError failure = new NoClassDefFoundError("jcuda/driver/JCudaDriver");

    assertThat(DriverLibrary.explain(failure, "linux-x86_64").reason())
        .isEqualTo("JCuda is not on the class path: missing class jcuda.driver.JCudaDriver");
  }

  @Test
  void handsOnWhatItDoesNotKnow() {
    assertThat(explain("a strange thing\nand more").reason())
        .isEqualTo("JCuda's native library cannot be loaded: a strange thing");
  }

  /**
   * On a machine with a driver this finds a device or the lack of one; either is the same twice.
   */
  @Test
  void remembersTheFirstAnswerAndLeavesTheTemporaryFolderAlone() {
    String folder = System.getProperty("java.io.tmpdir");

    Availability first = new CudaProvider().probe();
    Availability second = new CudaProvider().probe();

    assertThat(second).isEqualTo(first);
    assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(folder);
    if (first instanceof Unavailable refusal) {
      assertThat(refusal.reason()).doesNotContain("NoClassDefFoundError").isNotBlank();
      assertThat(refusal.remedy()).isNotBlank();
    }
  }
}
