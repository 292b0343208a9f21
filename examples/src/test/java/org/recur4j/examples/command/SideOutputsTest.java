package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.models.data.DataException;
import picocli.CommandLine;

/** What is written beside a model or a table costs neither of them. */
class SideOutputsTest {
  @TempDir private Path folder;

  /** Takes a folder away in the middle of a training. */
  private static final class FolderGoes extends Interruption {
    private final Path gone;

    FolderGoes(Path gone) {
      this.gone = gone;
    }

    @Override
    public boolean requested() {
      try (Stream<Path> files = Files.exists(gone) ? Files.list(gone) : Stream.empty()) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
        Files.deleteIfExists(gone);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return super.requested();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits", "adding", "names"})
  void aCurveThatCannotBeDrawnCostsNoModel(String task) throws IOException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    Path curve = gone.resolve("curve.png");
    Run run = Run.of(new FolderGoes(gone), train(task, "--curve", curve.toString()));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).startsWith("recur4j: warning: --curve " + curve + ": ");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).contains("written to " + model());
    Run.of("inspect", model().toString()).succeeds();
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits", "names"})
  @Timeout(120)
  void aLogOnAFullDiskCostsNoModel(String task) {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "there is no /dev/full here");
    Run run = Run.of(train(task, "--log", full.toString(), "--json"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith("recur4j: warning: --log " + full + ": Cannot write " + full)
        .contains("the free space");
    Run.of("inspect", model().toString()).succeeds();
  }

  @Test
  void aLogWithoutALineFeedAtItsEndKeepsItsLastLine() throws IOException {
    Path log = Files.writeString(folder.resolve("log"), "a note of mine");
    Run.of(train("digits", "--log", log.toString())).succeeds();
    String once = Files.readString(log);
    Files.writeString(log, once.stripTrailing());
    Run.of(train("digits", "--log", log.toString())).succeeds();
    assertThat(Files.readAllLines(log)).hasSize(5).startsWith("a note of mine");
    assertThat(Files.readString(log)).startsWith(once);
  }

  @Test
  @Timeout(120)
  void aLogMayBeStandardOutputInAPipe() throws Exception {
    Path standard = Path.of("/dev/stdout");
    Assumptions.assumeTrue(Files.exists(standard), "there is no /dev/stdout here");
    List<String> command = Child.command(List.of(), train("digits", "--log", standard.toString()));
    command.add("--quiet");
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("err"))).isZero();
    assertThat(out)
        .contains("{\"event\":\"epoch\",\"epoch\":1", "{\"event\":\"epoch\",\"epoch\":2", "RESULT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits", "names"})
  void aModelThatCannotBeSavedIsSavedElsewhere(String task) throws IOException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    List<String> train = new ArrayList<>(List.of(train(task)));
    train.set(train.indexOf(model().toString()), gone.resolve("m.safetensors").toString());
    Run run = Run.of(new FolderGoes(gone), train.toArray(String[]::new));
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).startsWith("recur4j: Cannot write " + gone);
    Path saved =
        Path.of(run.err().replaceAll("(?s).*The model is in (.*) instead: move it.*", "$1"));
    Run.of("inspect", saved.toString()).succeeds();
    Files.delete(saved);
    Files.delete(saved.getParent());
  }

  @Test
  void figuresAreShownAlthoughAFileOfThemCannotBeWritten() throws IOException {
    Path page = Files.createDirectory(folder.resolve("gone")).resolve("page.html");
    Path pictures = Files.writeString(folder.resolve("file"), "").resolve("pictures");
    Run flow =
        Run.of(
            new FolderGoes(page.getParent()),
            "gradient-flow",
            "adding",
            "--quick",
            "--steps",
            "2",
            "--cell",
            "gru",
            "--report",
            page.toString());
    assertThat(flow.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(flow.err()).startsWith("recur4j: warning: --report " + page + ": ");
    assertThat(flow.out()).contains("Verdicts");
    Run explained = Run.of("explain", "word", "--pictures", pictures.toString());
    assertThat(explained.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(explained.err())
        .startsWith("recur4j: warning: --pictures " + pictures + ": ")
        .doesNotContain("internal error");
    assertThat(explained.out()).contains("The network").doesNotContain("pictures in");
  }

  /** A headless machine without fonts: the Java machine throws errors, not exceptions. */
  @Test
  void anErrorOfTheGraphicsLibraryIsAWarning() {
    CommandLine line = RootCommand.commandLine(new Interruption());
    StringWriter err = new StringWriter();
    line.setErr(new PrintWriter(err));
    Outputs outputs = new Outputs(line.getCommandSpec());
    Path picture = folder.resolve("c.png");
    List<Throwable> thrown =
        List.of(
            new NoClassDefFoundError("Could not initialize class sun.font.SunFontManager"),
            new UnsatisfiedLinkError("libfreetype.so.6"),
            new OutOfMemoryError("Java heap space"),
            new DataException("a", "b", "c", "d"));
    for (Throwable each : thrown) {
      outputs.write(
          "--curve",
          picture,
          () -> {
            if (each instanceof Error error) {
              throw error;
            }
            throw (RuntimeException) each;
          });
    }
    assertThat(err.toString().lines())
        .hasSameSizeAs(thrown)
        .allMatch(text -> text.startsWith("recur4j: warning: --curve " + picture + ": "))
        .anyMatch(text -> text.contains("SunFontManager") && text.contains("fontconfig"));
    assertThat(outputs.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
  }

  private Path model() {
    return folder.resolve("model.safetensors");
  }

  private String[] train(String task, String... more) {
    List<String> all = new ArrayList<>(List.of("train", task, "--backend", "ejml"));
    all.addAll(List.of("--epochs", "2", "--hidden", "4"));
    all.addAll(
        task.equals("names")
            ? List.of("--layers", "1", "--batch", "512", "--output", model().toString())
            : List.of("--quick", "--out", model().toString()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
