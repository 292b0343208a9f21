package org.recur4j.backend.nd4j.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Availability;

/** Every way in which natives can be missing, and what the backend says then. */
class ProbeTest {
  private static final String PLATFORM = Natives.platform();

  @Test
  void namesTheJarsThatAreMissing() {
    Availability found = Natives.look("linux-x86_64", resource -> false);
    assertThat(found)
        .isInstanceOfSatisfying(
            Availability.Unavailable.class,
            missing -> {
              assertThat(missing.reason())
                  .isEqualTo("ND4J's native libraries for linux-x86_64 are not on the class path");
              assertThat(missing.remedy())
                  .matches(
                      "add org.nd4j:nd4j-native:[^:]+:linux-x86_64,"
                          + " org.bytedeco:openblas:[^:]+:linux-x86_64,"
                          + " org.bytedeco:javacpp:[^:]+:linux-x86_64,"
                          + " or use the backend ejml, which needs no native libraries")
                  .doesNotContain("unknown");
            });
  }

  @Test
  void namesNoJarThatIsThere() {
    Availability found = Natives.look("windows-x86_64", resource -> !resource.contains("openblas"));
    assertThat(found.toString())
        .contains("add org.bytedeco:openblas:")
        .contains(":windows-x86_64,")
        .doesNotContain("nd4j-native", "javacpp");
  }

  @Test
  void saysThatThereIsNothingForAPlatform() {
    Availability found = Natives.look("solaris-sparc", resource -> false);
    assertThat(found)
        .isInstanceOfSatisfying(
            Availability.Unavailable.class,
            missing -> {
              assertThat(missing.reason()).contains("has no native libraries for solaris-sparc");
              assertThat(missing.remedy()).contains("linux-x86_64").contains("backend ejml");
            });
  }

  @Test
  void isAvailableWhereAllThreeAre() {
    Availability found = Natives.look("linux-x86_64", resource -> resource.contains("linux"));
    assertThat(found)
        .isInstanceOfSatisfying(
            Availability.Available.class,
            available -> {
              assertThat(available.score()).isEqualTo(100);
              assertThat(available.detail()).contains("ND4J 1.").contains("OpenBLAS 0.");
            });
  }

  /** The kit takes the quickest of three probes; people wait for the first. */
  @Test
  void theFirstProbeUnpacksAndLoadsNothing(@TempDir Path folder) throws Exception {
    List<String> said =
        run(
            System.getProperty("java.class.path"),
            "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"));
    assertThat(said.get(0)).startsWith("probe: Available");
    assertThat(said.get(1)).isEqualTo("open: done");
    assertThat(said.get(3)).isEqualTo("unpacked by the probe: false");
  }

  @Test
  void aMachineWithoutNativesProbesAndRefusesWithTheSameWords() throws Exception {
    List<String> said = run(withoutNatives());
    String reason = "native libraries for " + PLATFORM;
    assertThat(said.get(0)).startsWith("probe: Unavailable").contains(reason);
    assertThat(said.get(1)).startsWith("open: open backend 'nd4j'").contains(reason, "ejml");
    assertThat(said.get(2)).isEqualTo(said.get(0).replace("probe:", "again:"));
  }

  @Test
  void aMachineOfAnotherPlatformSaysSo() throws Exception {
    List<String> said =
        run(System.getProperty("java.class.path"), "-Dorg.bytedeco.javacpp.platform=plan9-mips");
    assertThat(said.get(0)).contains("Unavailable", "no native libraries for plan9-mips");
    assertThat(said.get(1)).contains("open backend 'nd4j'", "no native libraries for plan9-mips");
  }

  @Test
  void librariesThatDoNotLoadAreFoundOutOnceAndRemembered(@TempDir Path folder) throws Exception {
    for (String library :
        List.of(
            "org/nd4j/linalg/cpu/nativecpu/bindings/" + PLATFORM + "/jnind4jcpu",
            "org/bytedeco/openblas/" + PLATFORM + "/jniopenblas_nolapack",
            "org/bytedeco/javacpp/" + PLATFORM + "/jnijavacpp")) {
      Path path = folder.resolve(library);
      Path broken = path.resolveSibling(System.mapLibraryName(path.getFileName().toString()));
      Files.createDirectories(broken.getParent());
      Files.writeString(broken, "not a library");
    }
    List<String> said =
        run(
            folder + File.pathSeparator + withoutNatives(),
            "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"));
    assertThat(said.get(0)).startsWith("probe: Available");
    assertThat(said.get(1))
        .contains("open backend 'nd4j'", "cannot be loaded", "glibc", "cachedir");
    assertThat(said.get(2)).startsWith("again: Unavailable").contains("cannot be loaded");
  }

  /** This test's class path less the jars with natives. */
  private static String withoutNatives() {
    List<String> kept = new ArrayList<>(List.of(classPath()));
    kept.removeIf(entry -> entry.endsWith("-" + PLATFORM + ".jar"));
    return String.join(File.pathSeparator, kept);
  }

  private static String[] classPath() {
    return System.getProperty("java.class.path").split(File.pathSeparator);
  }

  private static List<String> run(String classPath, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(options));
    command.addAll(List.of("-cp", classPath, ProbeProgram.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    List<String> said = new ArrayList<>();
    for (String what : List.of("probe: ", "open: ", "again: ", "unpacked ")) {
      said.add(
          output
              .lines()
              .filter(line -> line.startsWith(what))
              .findFirst()
              .orElse("nothing after '" + what + "' in " + output));
    }
    return said;
  }
}
