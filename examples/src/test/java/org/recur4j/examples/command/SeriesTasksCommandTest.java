package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recur4j.examples.names.NameData;

/** Births, chorales, new names and the memory problems at the public door, with tiny networks. */
class SeriesTasksCommandTest {
  private static final String CHORALES =
      "{\"train\": [[[60, 64], [62], []], [[62, 65], [60]]],"
          + " \"valid\": [[[60], [64]]], \"test\": [[[60], [62], [64]]]}";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"births|1988-06-30|1988-07-01", "adding|0.1 0.3* 0.5* 0.2|0."})
  void trainsTwiceTheSameAndAnswers(String task, String question, String answer)
      throws IOException {
    trainTwiceAndAsk(task, question, answer);
  }

  @Tag("thorough")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"new-names|Anna|as hard as one of", "copy|cab|", "temporal-order|abxcdyabb|"})
  void furtherTasksTrainTwiceTheSameAndAnswer(String task, String question, String answer)
      throws IOException {
    trainTwiceAndAsk(task, question, answer);
  }

  private void trainTwiceAndAsk(String task, String question, String answer) throws IOException {
    Path one = folder.resolve("one.safetensors");
    Path two = folder.resolve("two.safetensors");
    JsonObject first = json(train(task, one)).getAsJsonObject();
    JsonObject second = json(train(task, two, "--threads", "1")).getAsJsonObject();
    assertThat(Files.readAllBytes(two)).isEqualTo(Files.readAllBytes(one));
    assertThat(second.get("scores")).isEqualTo(first.get("scores"));
    JsonObject score = first.getAsJsonArray("scores").get(0).getAsJsonObject();
    assertThat(score.get("value").getAsDouble()).isFinite().isNotNegative();
    assertThat(score.getAsJsonArray("baselines")).isNotEmpty();
    String answered = Run.of("predict", task, "--model", one.toString(), question).succeeds().out();
    assertThat(answered).contains(question).contains(answer == null ? "" : answer);
    train(task, two, "--seed", "2").succeeds();
    assertThat(Files.readAllBytes(two)).isNotEqualTo(Files.readAllBytes(one));
  }

  @Test
  void trainsOnChoralesWhoseFileIsGiven() throws IOException {
    Path data = Files.writeString(folder.resolve("chorales.json"), CHORALES);
    Path model = folder.resolve("chorales.safetensors");
    JsonObject trained =
        json(train("chorales", model, "--data", data.toString())).getAsJsonObject();
    assertThat(trained.getAsJsonArray("scores").get(0).getAsJsonObject().get("value").getAsDouble())
        .isBetween(0.0, 88.0);
    assertThat(
            Run.of("predict", "chorales", "--model", model.toString(), "60+64+67 62+65")
                .succeeds()
                .out())
        .contains("60+64+67 62+65");
    Run.of("predict", "chorales", "--model", model.toString(), "60+9")
        .refuses(ExitCode.BAD_INPUT, "'9'", "21 to 108");
  }

  @Test
  void saysHowToGetTheChorales() {
    train("chorales", folder.resolve("m.safetensors"))
        .refuses(
            ExitCode.BAD_INPUT,
            "no --data FILE",
            "github.com/czhuang/JSB-Chorales-dataset",
            "add --data FILE");
    train("chorales", folder.resolve("m.safetensors"), "--data", "/nowhere/chorales.json")
        .refuses(ExitCode.BAD_INPUT, "/nowhere/chorales.json", "no such file");
  }

  @Test
  void makesUpNamesThatAreInNoListAndTheSameOnesFromTheSameSeed() throws IOException {
    Path model = folder.resolve("names.safetensors");
    train("new-names", model).succeeds();
    Set<String> known = new HashSet<>();
    NameData lists = NameData.load();
    for (var part : List.of(lists.training(), lists.validation(), lists.test())) {
      part.forEach(name -> known.add(name.text()));
    }
    List<String> names = generate(model, "--seed", "3");
    assertThat(names).hasSize(6).doesNotHaveDuplicates();
    assertThat(names).noneMatch(name -> known.contains(NameData.normalize(name)));
    assertThat(generate(model, "--seed", "3")).isEqualTo(names);
    assertThat(generate(model, "--seed", "4")).isNotEqualTo(names);
    assertThat(generate(model, "--start", "jo")).allMatch(name -> name.startsWith("Jo"));
    assertThat(generate(model, "--seed", "3", "--precision", "full")).isEqualTo(names);
    Run.of(
            "generate",
            "new-names",
            "--backend",
            "ejml",
            "--model",
            model.toString(),
            "--precision",
            "tf32")
        .refuses(ExitCode.BAD_INPUT, "at TF32 on backend ejml", "backend here");
    Run.of("generate", "new-names", "--model", model.toString(), "--start", "7")
        .refuses(ExitCode.BAD_INPUT, "the start '7'");
    Run.of("generate", "new-names", "--model", model.toString(), "--top-k", "1")
        .refuses(ExitCode.BAD_INPUT, "different ones that are in no list", "Raise --temperature");
  }

  @Test
  void takesALengthAndRefusesAnother() {
    Path model = folder.resolve("m.safetensors");
    train("adding", model, "--length", "12").succeeds();
    train("adding", model, "--length", "long")
        .refuses(ExitCode.BAD_INPUT, "--length long", "a number of steps");
    train("copy", model, "--length", "3").refuses(ExitCode.BAD_INPUT, "length 3", "at least 6");
  }

  @Test
  void refusesAnotherTasksModelAndUnknownDays() {
    Path model = folder.resolve("m.safetensors");
    train("births", model).succeeds();
    Run.of("predict", "copy", "--model", model.toString(), "cab")
        .refuses(ExitCode.BAD_INPUT, "a model of the task 'births'", "'copy'");
    Run.of("predict", "births", "--model", model.toString(), "1950-01-01")
        .refuses(ExitCode.BAD_INPUT, "'1950-01-01'", "1969-04-02 to 1988-12-31");
  }

  private static List<String> generate(Path model, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "generate", "new-names", "--json", "--count", "6", "--model", model.toString()));
    arguments.addAll(Arrays.asList(more));
    JsonArray names = json(Run.of(arguments.toArray(String[]::new))).getAsJsonArray();
    return names.asList().stream().map(JsonElement::getAsString).toList();
  }

  private static Run train(String task, Path model, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                task,
                "--quick",
                "--json",
                "--epochs",
                "1",
                "--hidden",
                "5",
                "--out",
                model.toString()));
    arguments.addAll(Arrays.asList(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  private static JsonElement json(Run run) {
    return JsonParser.parseString(run.succeeds().out());
  }
}
