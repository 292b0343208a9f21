package org.recur4j.backend.cuda.ptx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed PTX belongs to the committed kernels; needs no tool and no device. */
class PtxFilesTest {
  /** Kernels that need instructions of newer devices, absent from the older ones' files. */
  private static final Set<String> NOT_ON_75 = Set.of("gemm_tf32_128", "gemm_tf32_64");

  @ParameterizedTest
  @ValueSource(ints = {75, 80, 90})
  void wasMadeFromTheseSources(int architecture) {
    assertThat(PtxFile.committed(architecture).header("sources"))
        .as(
            "%s was made from other kernels than those in src/main/cuda. Run backend-cuda/ptx.sh"
                + " (it needs nvcc 13) and commit what it writes",
            PtxFile.name(architecture))
        .isEqualTo("sha256 " + PtxFile.digest(PtxFile.sources()));
  }

  @ParameterizedTest
  @ValueSource(ints = {75, 80, 90})
  void runsOnDriversFromTwelveOn(int architecture) {
    PtxFile file = PtxFile.committed(architecture);

    assertThat(file.directive("version")).isEqualTo("7.8");
    assertThat(file.directive("target")).isEqualTo("sm_" + architecture);
    assertThat(file.directive("address_size")).isEqualTo("64");
    assertThat(file.header("PTX ISA")).startsWith("7.8, lowered from ");
  }

  @ParameterizedTest
  @ValueSource(ints = {75, 80, 90})
  void saysHowItWasMade(int architecture) {
    PtxFile file = PtxFile.committed(architecture);

    assertThat(file.header("nvcc")).matches("release 13\\.\\d+, V13\\.\\d+\\.\\d+");
    assertThat(file.header("flags")).contains("-arch=compute_" + architecture);
    // A path would differ from machine to machine.
    assertThat(file.text())
        .doesNotContainPattern("(?m)^\\s*\\.(file|loc) ")
        .doesNotContainPattern("(?<![/:])/(home|root|tmp|usr|work|var|opt|Users)/");
  }

  @ParameterizedTest
  @ValueSource(ints = {75, 80, 90})
  void everyKernelTakesOneStruct(int architecture) {
    assertThat(PtxFile.committed(architecture).entries())
        .isNotEmpty()
        .allSatisfy(
            (name, entry) ->
                assertThat(entry.parameters())
                    .as("%s: one struct by value is launched several times faster", name)
                    .isEqualTo(1));
  }

  @Test
  void everyDeviceHasTheSameKernels() {
    Set<String> newest = new TreeSet<>(PtxFile.committed(90).entries().keySet());

    assertThat(PtxFile.committed(80).entries().keySet()).isEqualTo(newest);
    assertThat(newest).containsAll(NOT_ON_75);
    newest.removeAll(NOT_ON_75);
    assertThat(PtxFile.committed(75).entries().keySet()).isEqualTo(newest);
  }
}
