package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.examples.Main;
import org.recur4j.examples.task.Task;
import picocli.CommandLine;

/** Every command, with a standard output that cannot be written. */
class StandardOutputTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir private static Path folder;

  @BeforeAll
  static void trains() {
    for (String task : List.of("digits", "new-names")) {
      String model = file(task);
      Run.of("train", task, "--quick", "--epochs", "1", "--hidden", "4", "--out", model).succeeds();
    }
    Run.of(
            "train",
            "names",
            "--epochs",
            "1",
            "--hidden",
            "4",
            "--layers",
            "1",
            "--batch",
            "512",
            "--output",
            file("names"))
        .succeeds();
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  private static List<String> commands() {
    return List.of(
        "",
        "--version",
        "--help",
        "backends",
        "backends --json",
        "tasks",
        "tasks --json",
        "inspect @digits",
        "inspect @digits --json",
        "train digits --quick --epochs 1 --hidden 4 --out @trained",
        "train digits --quick --epochs 1 --hidden 4 --out @trained --json",
        "train names --epochs 1 --hidden 4 --layers 1 --batch 512 --output @trained",
        "predict digits --model @digits 5",
        "predict digits --model @digits 5 --json",
        "predict names --model @names Ada",
        "predict names --model @names Ada --json",
        "evaluate digits --model @digits --quick",
        "evaluate names --model @names --json",
        "generate new-names --model @new-names --count 2",
        "explain word",
        "explain names --model @names Ada",
        "gradient-flow adding --quick --steps 2 --cell gru",
        "gradient-flow adding --quick --steps 2 --cell gru --json",
        "bench --workload W6a --backend ejml --steps 1 --seconds 0 --warm-up 0",
        "compare names --quick --backends ejml --steps 2 --rounds 1 --seconds 0 --starts 0",
        "report tasks --quick --only adding --out @page.md");
  }

  @TestFactory
  Stream<DynamicTest> aFullDiskIsAnError() {
    Assumptions.assumeTrue(Files.exists(FULL), "there is no /dev/full here");
    return commands().stream()
        .map(
            command ->
                DynamicTest.dynamicTest("recur4j " + command, () -> failsOnAFullDisk(command)));
  }

  private static void failsOnAFullDisk(String command) throws IOException {
    Path trained = Path.of(file("trained"));
    Files.deleteIfExists(trained);
    StringWriter err = new StringWriter();
    try (OutputStream full = Files.newOutputStream(FULL)) {
      int code = run(full, err, words(command));
      assertThat(code).as(err.toString()).isEqualTo(ExitCode.FAILURE);
    }
    assertThat(err.toString().lines().filter(line -> line.startsWith("recur4j: ")))
        .singleElement()
        .asString()
        .startsWith("recur4j: standard output cannot be written: ")
        .endsWith("What was printed is lost, files are not.");
    assertThat(Files.exists(trained)).isEqualTo(command.startsWith("train"));
  }

  @Test
  void soIsTheHelpOfEveryCommand() throws IOException {
    Assumptions.assumeTrue(Files.exists(FULL), "there is no /dev/full here");
    List<List<String>> all = new ArrayList<>();
    collect(RootCommand.commandLine(new Interruption()), List.of(), all);
    assertThat(all).hasSizeGreaterThan(40);
    // Those of the other tasks are made as those of this one are.
    List<String> tasks = TaskCatalog.all().stream().map(Task::name).toList();
    all.removeIf(path -> path.stream().anyMatch(w -> tasks.contains(w) && !w.equals("digits")));
    for (List<String> path : all) {
      List<String> words = new ArrayList<>(path);
      words.add("--help");
      try (OutputStream full = Files.newOutputStream(FULL)) {
        int code = run(full, new StringWriter(), words.toArray(String[]::new));
        assertThat(code).as(words.toString()).isEqualTo(ExitCode.FAILURE);
      }
    }
  }

  private static void collect(CommandLine line, List<String> path, List<List<String>> all) {
    all.add(path);
    line.getSubcommands()
        .forEach(
            (name, below) -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(name);
              collect(below, longer, all);
            });
  }

  @Test
  void aReaderThatHasGoneEndsACommandQuietly() {
    OutputStream pipe =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    for (String command : List.of("tasks", "--help", "predict digits --model @digits 5 --json")) {
      StringWriter err = new StringWriter();
      assertThat(run(pipe, err, words(command))).isEqualTo(ExitCode.READER_GONE);
      assertThat(err.toString()).isEmpty();
    }
    StringWriter err = new StringWriter();
    assertThat(run(pipe, err, "predict", "digits", "--model", file("none"), "5"))
        .as("its own failure comes first")
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("Cannot read model file");
  }

  @Test
  void theProcessEndsSo() throws Exception {
    Assumptions.assumeTrue(Files.exists(FULL), "there is no /dev/full here");
    Process full =
        new ProcessBuilder(
                Child.command(
                    List.of(), "predict", "digits", "--json", "--model", file("digits"), "5"))
            .redirectOutput(FULL.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    Process gone =
        new ProcessBuilder(Child.command(List.of(), "--help"))
            .redirectError(folder.resolve("nothing").toFile())
            .start();
    gone.getInputStream().close();
    assertThat(full.waitFor()).isEqualTo(ExitCode.FAILURE);
    assertThat(folder.resolve("err")).content().contains("standard output cannot be written");
    assertThat(gone.waitFor()).isEqualTo(ExitCode.READER_GONE);
    assertThat(folder.resolve("nothing")).isEmptyFile();
  }

  private static String[] words(String command) {
    return command.isEmpty()
        ? new String[0]
        : Stream.of(command.split(" "))
            .map(word -> word.startsWith("@") ? file(word.substring(1)) : word)
            .toArray(String[]::new);
  }

  private static int run(OutputStream out, StringWriter err, String... words) {
    return Main.run(new Interruption(), new StandardOutput(out), new PrintWriter(err, true), words);
  }
}
