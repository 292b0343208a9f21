package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recur4j.examples.task.Task;

/** Two outputs of a command that are one file are refused before anything runs. */
class OutputCollisionTest {
  @TempDir private Path folder;

  /** Paths are within the folder; {@code sub} is a folder in it, {@code link} a link to that. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train digits | --out m | --log m",
        "train digits | --out m | --log ./m",
        "train digits | --out m | --log sub/../m",
        "train digits | --out sub/m | --log link/m",
        "train digits | --out sub/m | --log link/../sub/m",
        "train digits | --out there | --log soft",
        "train digits | --out there | --log hard",
        "train digits | --out new | --log dangling",
        "train digits | --log dangling | --checkpoint new",
        "train digits | --out c.png | --curve c.png",
        "train digits | --out c.svg | --curve c.png",
        "train digits | --log c.svg | --curve sub/../c.png",
        "train digits | --out m.safetensors | --log m.interrupted.safetensors",
        "train digits | --out m | --checkpoint m",
        "train digits | --out m.previous | --checkpoint m",
        "train digits | --log m.previous | --checkpoint m",
        "train names | --output m | --log m",
        "train names | --output sub/m | --checkpoint link/m",
        "train names | --output c.svg | --curve c.png",
        "train names | --output there | --data there soft",
        "train names | --log there | --data there soft",
        "train chorales | --out there | --data there",
        "predict pronounce | --model there | --picture soft word",
        "predict pronounce | --model there | --picture hard word",
        "compare names | --report r | --csv r",
        "compare names | --report sub/figure-3.svg | --pictures link",
        "compare names | --report p | --pictures p",
        "compare there | --csv hard | --report r",
        "gradient-flow adding | --png f.png | --report f.svg",
        "gradient-flow adding | --pictures . | --report sub/../figure-1.svg",
        "gradient-flow there | --report soft | --length 7",
        "report tasks | --out r | --rows sub/../r",
        "report performance | --from there | --into soft",
        "explain names | --model sub/a.svg | --pictures link Ada",
      })
  void isRefused(String command, String one, String other) throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("sub"));
    Path there = Files.writeString(folder.resolve("there"), "precious");
    Files.createSymbolicLink(folder.resolve("soft"), Path.of("there"));
    Files.createLink(folder.resolve("hard"), there);
    Files.createSymbolicLink(folder.resolve("dangling"), Path.of("sub", "..", "new"));
    List<String> before = names();
    Run.of(arguments(command, one, other))
        .refuses(
            ExitCode.BAD_INPUT,
            "recur4j: " + command.replaceFirst("^(compare|gradient-flow) .*", "$1") + ": got ",
            ", which are one file; expected a file of its own for each",
            "Choose another name for one of them");
    assertThat(there).hasContent("precious");
    assertThat(names()).isEqualTo(before);
  }

  @Test
  void everyTaskRefusesALogThatIsTheModel() {
    for (Task task : TaskCatalog.all()) {
      Path file = folder.resolve("m.safetensors");
      String[] train = {"train", task.name(), "--out", file.toString(), "--log", file.toString()};
      Run.of(train).refuses(ExitCode.BAD_INPUT, "--out " + file + " and --log " + file);
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void standardOutputMayBeAFileOfItsOwnOnly() throws Exception {
    Path out = folder.resolve("both");
    String[] train = {"train", "digits", "--quick", "--epochs", "1", "--log", out.toString()};
    List<String> command = new ArrayList<>(List.of(train));
    command.addAll(List.of("--out", folder.resolve("m").toString()));
    Process process =
        new ProcessBuilder(Child.command(List.of(), command.toArray(String[]::new)))
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertThat(process.waitFor()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(folder.resolve("err"))
        .content()
        .contains("--log " + out + " and standard output, which are one file");
  }

  @Test
  void filesOfTheirOwnAreNotRefused() throws IOException {
    Files.createDirectory(folder.resolve("p"));
    String[] train =
        arguments(
            "train digits",
            "--out p/figure.safetensors --log p/l --curve p/c.png",
            "--checkpoint p/k --quick --epochs 1 --hidden 4 --backend ejml --quiet");
    Run.of(train).succeeds();
    assertThat(folder.resolve("p"))
        .isDirectoryContaining("glob:**/figure.safetensors")
        .isDirectoryContaining("glob:**/l")
        .isDirectoryContaining("glob:**/c.svg");
  }

  private String[] arguments(String command, String... options) {
    List<String> all = new ArrayList<>();
    boolean path = false;
    for (String word : (command + " " + String.join(" ", options)).split(" ")) {
      boolean own = word.equals("there") || word.equals("soft");
      all.add(path || own ? folder.resolve(word).toString() : word);
      path =
          List.of("--out", "--output", "--log", "--checkpoint", "--curve", "--csv", "--report")
                  .contains(word)
              || List.of("--png", "--pictures", "--picture", "--rows", "--model").contains(word)
              || List.of("--from", "--into", "--data").contains(word);
    }
    return all.toArray(String[]::new);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }
}
