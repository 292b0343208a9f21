package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.examples.Main;
import org.recur4j.models.safetensors.SafeTensors;

/** What commands do to the files that they are told to write. */
class OutputsCommandTest {
  private static final String PRIVATE = "rw-------";

  @TempDir private Path folder;
  private boolean modes;

  @BeforeEach
  void look() {
    modes = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!modes) {
      System.out.println("modes are not looked at: this file system has none");
    }
  }

  private Path privateFile(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "");
    if (modes) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(PRIVATE));
    }
    return file;
  }

  private void assertPrivate(Path file) throws IOException {
    assertThat(file).isNotEmptyFile();
    if (modes) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as(file.toString())
          .isEqualTo(PRIVATE);
    }
  }

  private static Run train(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                "adding",
                "--quick",
                "--epochs",
                "1",
                "--hidden",
                "2",
                "--quiet",
                "--backend",
                "ejml"));
    words.addAll(List.of(more));
    return Run.of(words.toArray(String[]::new));
  }

  @Test
  void privateFilesStayPrivate() throws IOException {
    Path model = privateFile("model.safetensors");
    Path log = privateFile("log.jsonl");
    Path curve = privateFile("curve.png");
    Path drawing = privateFile("curve.svg");
    train("--out", model.toString(), "--log", log.toString(), "--curve", curve.toString())
        .succeeds();
    Path page = privateFile("page.html");
    Path picture = privateFile("flow.png");
    Run.of(
            "gradient-flow",
            "adding",
            "--backend",
            "ejml",
            "--quick",
            "--steps",
            "1",
            "--report",
            page.toString(),
            "--png",
            picture.toString())
        .succeeds();
    for (Path file : List.of(model, log, curve, drawing, page, picture)) {
      assertPrivate(file);
    }
  }

  @Test
  void aProtectedModelIsRefusedBeforeTraining() throws IOException {
    Path model = Files.writeString(folder.resolve("model.safetensors"), "precious");
    assertThat(model.toFile().setWritable(false)).isTrue();
    train("--out", model.toString())
        .refuses(ExitCode.BAD_INPUT, "--out", "write-protected", "choose another name");
    assertThat(model).hasContent("precious");
    assertThat(model.toFile().setWritable(true)).isTrue();
  }

  @Test
  void aPictureThatCannotBeWrittenIsNoInternalError() {
    Path model = folder.resolve("model.safetensors");
    Run.of(
            "train",
            "pronounce",
            "--quick",
            "--epochs",
            "1",
            "--hidden",
            "2",
            "--quiet",
            "--backend",
            "ejml",
            "--out",
            model.toString())
        .succeeds();
    for (Path picture : List.of(folder, folder.resolve("no/where.svg"))) {
      Run.of(
              "predict",
              "pronounce",
              "hello",
              "--backend",
              "ejml",
              "--model",
              model.toString(),
              "--picture",
              picture.toString())
          .refuses(ExitCode.BAD_INPUT, "Cannot write " + picture, "folder");
    }
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void checkpointsAndRowsGoIntoFilesOnly() throws Exception {
    Path pipe = folder.resolve("pipe");
    int made = -1;
    try {
      made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    } catch (IOException e) {
      System.out.println("skipped: " + e.getMessage());
    }
    assumeTrue(made == 0, "no program mkfifo here");
    Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
    train("--checkpoint", link.toString(), "--out", folder.resolve("model").toString())
        .refuses(ExitCode.BAD_INPUT, "--checkpoint", "got a pipe");
    Run.of("report", "tasks", "--quick", "--out", link.toString())
        .refuses(ExitCode.BAD_INPUT, "without --rows");
  }

  /** Through a pipe, as {@code recur4j train … --out /dev/stdout | ssh …} does. */
  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void aModelGoesToStandardOutput() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/stdout")), "no /dev/stdout here");
    Path wanted = folder.resolve("wanted.safetensors");
    train("--out", wanted.toString()).succeeds();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "train",
                "adding",
                "--quick",
                "--epochs",
                "1",
                "--hidden",
                "2",
                "--quiet",
                "--backend",
                "ejml",
                "--out",
                "/dev/stdout")
            .redirectError(folder.resolve("errors").toFile())
            .start();
    byte[] all = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("errors"))).isZero();
    int length = (int) Files.size(wanted);
    Path model = folder.resolve("piped.safetensors");
    Files.write(model, Arrays.copyOf(all, length));
    SafeTensors.open(model).close();
    assertThat(new String(all, length, all.length - length, StandardCharsets.UTF_8))
        .startsWith("MEASURED ON THE TEST PART")
        .contains("written to /dev/stdout");
  }
}
