package org.recur4j.backend.cuda.ptx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same kernels give the same bytes in another folder, where the same nvcc is installed. */
class PtxRebuildTest {
  @TempDir Path folder;

  @Tag("thorough")
  @Test
  void givesTheCommittedBytesInAnotherFolder() throws Exception {
    Path elsewhere = copy("another folder");
    Path output = folder.resolve("out");

    Run run = run(elsewhere, output, Map.of());

    if (run.code() == 3) {
      skip(run.said());
    }
    assertThat(run.code()).as(run.said()).isZero();
    String want = PtxFile.committed(75).header("nvcc");
    String here = read(output, 75).header("nvcc");
    if (!here.equals(want)) {
      skip("the committed files were made by nvcc " + want + ", nvcc here is " + here);
    }
    for (int architecture : PtxFile.ARCHITECTURES) {
      List<String> rebuilt = read(output, architecture).text().lines().toList();
      List<String> committed = PtxFile.committed(architecture).text().lines().toList();
      // Line by line, because all of it at once is too long to read.
      for (int i = 0; i < Math.min(rebuilt.size(), committed.size()); i++) {
        assertThat(rebuilt.get(i))
            .as(
                "line %d of %s as ptx.sh writes it here; run backend-cuda/ptx.sh",
                i + 1, PtxFile.name(architecture))
            .isEqualTo(committed.get(i));
      }
      assertThat(rebuilt).as(PtxFile.name(architecture)).hasSameSizeAs(committed);
    }
  }

  @Test
  void aMissingCompilerLeavesTheFilesAlone() throws Exception {
    Path elsewhere = copy("without nvcc");
    Path output = Files.createDirectories(folder.resolve("kept"));
    Files.writeString(output.resolve(PtxFile.name(75)), "as it was");
    Path tools = Files.createDirectories(folder.resolve("no tools"));

    Run run = run(elsewhere, output, Map.of("PATH", tools.toString()));

    assertThat(run.code()).as(run.said()).isEqualTo(3);
    assertThat(run.said()).contains("nvcc is missing").contains("Install the CUDA toolkit 13");
    assertThat(output.resolve(PtxFile.name(75))).hasContent("as it was");
  }

  private record Run(int code, String said) {}

  private static Run run(Path module, Path output, Map<String, String> environment)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            which("bash").toString(), module.resolve("ptx.sh").toString(), output.toString());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ptx.sh ends within two minutes").isTrue();
    return new Run(process.exitValue(), said.strip());
  }

  /**
   * The script and the kernels alone, so that nothing else of the module can get into the bytes.
   */
  private Path copy(String name) throws IOException {
    Path copy = folder.resolve(name);
    Path script = PtxFile.module().resolve("ptx.sh");
    Files.createDirectories(copy);
    Files.copy(script, copy.resolve("ptx.sh"));
    try (Stream<Path> files = Files.walk(PtxFile.sources())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(PtxFile.module().relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return copy;
  }

  private static PtxFile read(Path folder, int architecture) throws IOException {
    return new PtxFile(
        architecture,
        Files.readString(folder.resolve(PtxFile.name(architecture)), StandardCharsets.US_ASCII));
  }

  private static Path which(String tool) {
    for (String place : System.getenv("PATH").split(File.pathSeparator)) {
      Path file = Path.of(place, tool);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    skip(tool + " is not on the PATH");
    throw new AssertionError("unreachable");
  }

  private static void skip(String reason) {
    System.out.println("PTX not rebuilt: " + reason);
    Assumptions.abort(reason);
  }
}
