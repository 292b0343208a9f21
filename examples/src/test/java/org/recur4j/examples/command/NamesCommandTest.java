package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.examples.names.NameData;
import org.recur4j.models.data.LabeledText;
import org.recur4j.models.safetensors.Checksum;
import org.recur4j.models.safetensors.SafeTensors;
import org.recur4j.models.safetensors.StoredTensor;

/** Training and asking at the public door, with a network that learns in a blink. */
class NamesCommandTest {
  @TempDir private Path folder;

  @Test
  void learnsSavesAndAnswers() throws IOException {
    Path model = folder.resolve("model.safetensors");
    JsonObject trained = json(small(model, "--json")).getAsJsonObject();
    assertThat(trained.getAsJsonArray("epochs")).hasSize(2);
    assertThat(trained.get("testAccuracy").getAsDouble()).isBetween(0.0, 1.0);
    assertThat(trained.get("output").getAsString()).isEqualTo(model.toString());

    JsonArray answers =
        json(Run.of("predict", "names", "--json", "--model", model.toString(), "Sophia", "Daniel"))
            .getAsJsonArray();
    assertThat(answers).hasSize(2);
    JsonObject shares = answers.get(0).getAsJsonObject().getAsJsonObject("probabilities");
    assertThat(shares.keySet()).containsExactly("female", "male");
    assertThat(shares.get("female").getAsDouble() + shares.get("male").getAsDouble())
        .isBetween(1 - 1e-5, 1 + 1e-5);
    assertThat(Run.of("predict", "names", "--model", model.toString(), "Ada").succeeds().out())
        .contains("NAME", "Ada", "%");
    assertThat(Run.of("inspect", model.toString()).succeeds().out())
        .contains("checksums: verified", "names.characters", "recur4j.architecture");
  }

  @Test
  void saysWhichCharactersAreUnknown() throws IOException {
    Path model = folder.resolve("model.safetensors");
    small(model).succeeds();
    String file = model.toString();
    assertThat(Run.of("predict", "names", "--model", file, "Ren\u00e9e", "Ada").succeeds().out())
        .contains("Ren\u00e9e: 1 unknown character (\u00e9)")
        .doesNotContain("Ada:");
    JsonArray answers =
        json(Run.of("predict", "names", "--json", "--model", file, "\u00cbl\u00eb", "Ada"))
            .getAsJsonArray();
    assertThat(answers.get(0).getAsJsonObject().getAsJsonArray("unknownSymbols")).hasSize(2);
    assertThat(answers.get(1).getAsJsonObject().getAsJsonArray("unknownSymbols")).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameFile() throws IOException {
    Path one = folder.resolve("one.safetensors");
    Path two = folder.resolve("two.safetensors");
    Path other = folder.resolve("other.safetensors");
    small(one).succeeds();
    small(two, "--threads", "1").succeeds();
    small(other, "--seed", "8").succeeds();
    assertThat(Files.readAllBytes(two)).isEqualTo(Files.readAllBytes(one));
    assertThat(Files.readAllBytes(other)).isNotEqualTo(Files.readAllBytes(one));
  }

  @Test
  void savesBesideTheOldModelWhenInterrupted() throws IOException {
    Path model = folder.resolve("model.safetensors");
    Files.writeString(model, "precious");
    Interruption interruption = new Interruption();
    interruption.request();
    Run run = Run.of(interruption, arguments(model));
    assertThat(run.code()).isEqualTo(ExitCode.INTERRUPTED);
    Path saved = folder.resolve("model.interrupted.safetensors");
    assertThat(run.err()).contains("interrupted after 0 finished epochs", saved.toString());
    assertThat(model).hasContent("precious");
    Run.of("predict", "names", "--model", saved.toString(), "Ada").succeeds();
  }

  @Test
  void refusesAnEmptyList() throws IOException {
    refusesList(new byte[0], "no entries");
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws IOException {
    refusesList(
        new byte[] {'A', 'n', 'n', (byte) 0xC3, '\n'}, "line 1", "bytes that are not UTF-8");
  }

  @Test
  void refusesANameOfTenThousandCharacters() throws IOException {
    refusesList(
        "x".repeat(10_000).getBytes(StandardCharsets.UTF_8),
        "more than 100 characters, expected at most 100");
  }

  @Test
  void refusesToAnswerForANameOfTenThousandCharacters() {
    Run.of("predict", "names", "x".repeat(10_000))
        .refuses(ExitCode.BAD_INPUT, "got 10000 characters, expected 1 to 100");
    Run.of("predict", "names", " ").refuses(ExitCode.BAD_INPUT, "got 0 characters");
  }

  @Test
  void refusesDamagedModels() throws IOException {
    Path model = folder.resolve("model.safetensors");
    small(model).succeeds();
    byte[] whole = Files.readAllBytes(model);
    Path damaged = folder.resolve("damaged.safetensors");
    for (int length : new int[] {0, 7, 100, whole.length / 2, whole.length - 1}) {
      Files.write(damaged, Arrays.copyOf(whole, length));
      Run.of("predict", "names", "--model", damaged.toString(), "Ada")
          .refuses(ExitCode.BAD_INPUT, "Cannot read model file " + damaged);
    }
    for (int at : new int[] {0, 8, 60, whole.length / 2, whole.length - 1}) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 4;
      Files.write(damaged, flipped);
      Run.of("predict", "names", "--model", damaged.toString(), "Ada")
          .refuses(ExitCode.BAD_INPUT, "Cannot read model file " + damaged);
    }
  }

  @Test
  void saysWhichBackendsThereAreWhenTheChosenOneIsNot() {
    Path model = folder.resolve("model.safetensors");
    for (String name : List.of("cuda", "nonesuch")) {
      small(model, "--backend", name)
          .refuses(ExitCode.FAILURE, name, "ejml: available", "nd4j", "cuda: unavailable");
    }
    assertThat(model).doesNotExist();
  }

  @Test
  void leavesTheOldModelAndNothingElseWhenTrainingFailsInTheMiddle() throws IOException {
    Path model = folder.resolve("model.safetensors");
    Files.writeString(model, "precious");
    // A step of such a size takes every weight out of the numbers that can be squared.
    small(model, "--learning-rate", "1e38", "--batch", "5", "--json")
        .refuses(
            ExitCode.BAD_INPUT,
            "10 consecutive batches whose loss or gradient is not finite",
            "Lower the learning rate");
    assertThat(model).hasContent("precious");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("female.txt", "male.txt", "model.safetensors");
    }
  }

  @Test
  void refusesListsThatGiveNoLabels() throws IOException {
    Path list = Files.writeString(folder.resolve("same.txt"), "Ann\n");
    Path other = Files.createDirectory(folder.resolve("other")).resolve("same.txt");
    Files.writeString(other, "Bo\n");
    Path broken = Files.writeString(folder.resolve("two\nlines.txt"), "Cy\n");
    for (Path second : List.of(other, broken)) {
      Run.of(
              "train",
              "names",
              "--output",
              folder.resolve("model.safetensors").toString(),
              "--data",
              list.toString(),
              second.toString())
          .refuses(ExitCode.BAD_INPUT, "the labels", "all different", "Correct the list of labels");
    }
    assertThat(folder.resolve("model.safetensors")).doesNotExist();
  }

  @Test
  void refusesAModelOfSomethingElse() {
    Path file = folder.resolve("other.safetensors");
    SafeTensors.write(
        file, List.of(StoredTensor.of("w", new float[2], 2)), Map.of(), Checksum.SHA256);
    Run.of("predict", "names", "--model", file.toString(), "Ada")
        .refuses(
            ExitCode.BAD_INPUT,
            "Cannot read model file " + file,
            "no metadata 'recur4j.architecture'");
  }

  @Test
  void refusesAFolderThatDoesNotExistBeforeTraining() {
    small(folder.resolve("no/model.safetensors"))
        .refuses(ExitCode.BAD_INPUT, "--output", "expected an existing folder");
  }

  @Test
  void refusesImpossibleSettings() {
    small(folder.resolve("m.safetensors"), "--dropout", "1.5")
        .refuses(ExitCode.BAD_INPUT, "dropout", "got 1.5", "expected 0 to below 1");
    small(folder.resolve("m.safetensors"), "--threads", "-1")
        .refuses(ExitCode.BAD_INPUT, "threads -1", "at least 0");
  }

  private void refusesList(byte[] content, String... parts) throws IOException {
    Path model = folder.resolve("model.safetensors");
    Files.writeString(model, "precious");
    Path list = folder.resolve("other.txt");
    Files.write(list, content);
    Path good = folder.resolve("good.txt");
    Files.writeString(good, "Ann\nBo\n");
    Run run =
        Run.of(
            "train",
            "names",
            "--output",
            model.toString(),
            "--data",
            good.toString(),
            list.toString());
    run.refuses(ExitCode.BAD_INPUT, parts);
    assertThat(run.err()).contains(list.toString());
    assertThat(model).hasContent("precious");
  }

  private Run small(Path model, String... more) {
    List<String> all = new ArrayList<>(List.of(arguments(model)));
    for (int i = 0; i < more.length; i++) {
      int at = all.indexOf(more[i]);
      if (at >= 0) {
        all.set(at + 1, more[++i]);
      } else {
        all.add(more[i]);
      }
    }
    return Run.of(all.toArray(String[]::new));
  }

  private String[] arguments(Path model) {
    try {
      Path female = list("female.txt", 0);
      Path male = list("male.txt", 1);
      return new String[] {
        "train",
        "names",
        "--backend",
        "ejml",
        "--threads",
        "2",
        "--seed",
        "7",
        "--epochs",
        "2",
        "--hidden",
        "4",
        "--layers",
        "1",
        "--embedding",
        "4",
        "--dropout",
        "0.1",
        "--output",
        model.toString(),
        "--data",
        female.toString(),
        male.toString()
      };
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The first 150 names of a label. */
  private Path list(String file, int label) throws IOException {
    NameData data = NameData.load();
    List<LabeledText> all = new ArrayList<>(data.training().subList(0, 0));
    all.addAll(data.training().stream().filter(n -> n.label() == label).limit(120).toList());
    all.addAll(data.validation().stream().filter(n -> n.label() == label).limit(15).toList());
    all.addAll(data.test().stream().filter(n -> n.label() == label).limit(15).toList());
    Path path = folder.resolve(file);
    Files.write(path, all.stream().map(LabeledText::text).toList());
    return path;
  }

  private static com.google.gson.JsonElement json(Run run) {
    return JsonParser.parseString(run.succeeds().out());
  }
}
