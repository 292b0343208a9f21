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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks at the public door, with networks that learn in a blink. */
class TaskCommandTest {
  @TempDir private static Path models;
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "syllables | k ae m er ax | maximal onset rule",
        "korean | 국물 | spoken as written",
        "blank | 기분이 ___, 아니 고기가 상했지 뭐야! | always the same word",
        "digits | 5 | nearest image"
      })
  void learnsSavesAndAnswersBesideItsBaseline(String task, String input, String baseline) {
    Path model = folder.resolve("model.safetensors");
    JsonObject trained = json(train(task, model, "--json")).getAsJsonObject();
    assertThat(trained.get("task").getAsString()).isEqualTo(task);
    assertThat(trained.getAsJsonArray("epochs")).hasSize(1);
    JsonObject score = trained.getAsJsonArray("scores").get(0).getAsJsonObject();
    assertThat(score.get("value").getAsDouble()).isBetween(0.0, 1.0);
    JsonObject first = score.getAsJsonArray("baselines").get(0).getAsJsonObject();
    assertThat(first.get("name").getAsString()).isEqualTo(baseline);
    assertThat(first.get("low").getAsDouble()).isBetween(0.0, 1.0);

    JsonArray answers =
        json(Run.of("predict", task, "--json", "--model", model.toString(), input))
            .getAsJsonArray();
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).getAsJsonObject().get("answer").getAsString()).isNotEmpty();
    assertThat(Run.of("predict", task, "--model", model.toString(), input).succeeds().out())
        .contains("ANSWER", input);
    assertThat(Run.of("inspect", model.toString()).succeeds().out())
        .contains("checksums: verified", "task.name: " + task);
  }

  @Test
  void printsResultBaselineAndPublishedFigureSideBySide() {
    Run run = train("syllables", folder.resolve("m.safetensors"));
    assertThat(run.succeeds().out())
        .contains("RESULT", "BASELINE", "PUBLISHED", "whole words right", "PyTorch", "epoch   1");
  }

  @Test
  void theSameSeedGivesTheSameFileForAnyNumberOfThreads() throws IOException {
    Path one = folder.resolve("one.safetensors");
    Path two = folder.resolve("two.safetensors");
    Path other = folder.resolve("other.safetensors");
    train("digits", one, "--threads", "1").succeeds();
    train("digits", two, "--threads", "2").succeeds();
    train("digits", other, "--seed", "8").succeeds();
    assertThat(Files.readAllBytes(two)).isEqualTo(Files.readAllBytes(one));
    assertThat(Files.readAllBytes(other)).isNotEqualTo(Files.readAllBytes(one));
  }

  @Test
  void takesEveryVariantThatItOffers() {
    Path model = folder.resolve("m.safetensors");
    assertThat(train("digits", model, "--cell", "none").succeeds().out()).contains("dense 64→");
    assertThat(
            train("digits", model, "--cell", "gru", "--direction", "bidirectional")
                .succeeds()
                .out())
        .contains("bidirectional GRU");
    Run.of("predict", "digits", "--model", model.toString(), "0", "1").succeeds();
  }

  @Test
  void refusesAVariantThatThereIsNot() {
    train("syllables", folder.resolve("m.safetensors"), "--cell", "none")
        .refuses(ExitCode.BAD_INPUT, "Task syllables", "got --cell none", "lstm bidirectional");
    train("digits", folder.resolve("m.safetensors"), "--cell", "transformer")
        .refuses(ExitCode.BAD_INPUT, "--cell", "transformer", "LSTM");
    train("digits", folder.resolve("m.safetensors"), "--direction", "reverse")
        .refuses(ExitCode.BAD_INPUT, "got --direction reverse");
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs, 0, epochs",
    "--hidden, -1, hidden",
    "--layers, 0, layers",
    "--batch, 0, batch",
    "--learning-rate, -0.1, learning rate",
    "--threads, -2, threads"
  })
  void refusesImpossibleSettings(String option, String value, String word) {
    Path model = folder.resolve("m.safetensors");
    train("digits", model, option, value).refuses(ExitCode.BAD_INPUT, word, value);
    assertThat(model).doesNotExist();
  }

  @Test
  void keepsTheCourseOfATrainingAsLinesAndAsAPicture() throws IOException {
    Path log = folder.resolve("log.jsonl");
    Path curve = folder.resolve("curve.png");
    Path model = folder.resolve("m.safetensors");
    String[] record = {"--epochs", "3", "--log", log.toString(), "--curve", curve.toString()};
    train("digits", model, record).succeeds();
    assertThat(Files.readAllLines(log))
        .hasSize(3)
        .allMatch(line -> line.startsWith("{\"event\":\"epoch\","));
    assertThat(Files.readAllBytes(curve)).startsWith(0x89, 'P', 'N', 'G');
    assertThat(folder.resolve("curve.svg")).content().contains("<svg", "</svg");
    train("digits", model, "--log", log.toString()).succeeds();
    assertThat(Files.readAllLines(log)).hasSize(4);
    train("digits", model, "--curve", folder.resolve("curve.gif").toString())
        .refuses(ExitCode.BAD_INPUT, "curve.gif", "ends in .png");
    train("digits", model, "--log", folder.resolve("no/log").toString())
        .refuses(ExitCode.BAD_INPUT, "--log", "expected an existing folder");
  }

  @Test
  void refusesAFolderThatDoesNotExistBeforeTraining() {
    train("digits", folder.resolve("no/model.safetensors"))
        .refuses(ExitCode.BAD_INPUT, "--out", "expected an existing folder");
  }

  @Test
  void savesBesideTheOldModelWhenInterrupted() throws IOException {
    Path model = folder.resolve("model.safetensors");
    Files.writeString(model, "precious");
    Interruption interruption = new Interruption();
    interruption.request();
    Run run = Run.of(interruption, arguments("digits", model));
    assertThat(run.code()).isEqualTo(ExitCode.INTERRUPTED);
    Path saved = folder.resolve("model.interrupted.safetensors");
    assertThat(run.err()).contains("interrupted after 0 finished epochs", saved.toString());
    assertThat(model).hasContent("precious");
    Run.of("predict", "digits", "--model", saved.toString(), "0").succeeds();
  }

  @Test
  void refusesAModelOfAnotherTask() {
    Run.of("predict", "korean", "--model", trained("digits").toString(), "국물")
        .refuses(
            ExitCode.BAD_INPUT, "a model of the task 'digits'", "'recur4j train korean' wrote");
  }

  @Test
  void refusesDamagedAndMissingModels() throws IOException {
    byte[] whole = Files.readAllBytes(trained("digits"));
    Path damaged = folder.resolve("damaged.safetensors");
    for (int length : new int[] {0, 9, whole.length / 2, whole.length - 1}) {
      Files.write(damaged, Arrays.copyOf(whole, length));
      Run.of("predict", "digits", "--model", damaged.toString(), "0")
          .refuses(ExitCode.BAD_INPUT, "Cannot read model file " + damaged);
    }
    Run.of("predict", "digits", "--model", folder.resolve("none").toString(), "0")
        .refuses(ExitCode.BAD_INPUT, "Cannot read model file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "syllables | qqqqq | a word that is not in the dictionary",
        "syllables | k zz | the unknown phoneme 'zz'",
        "korean | abc | the character 'a'",
        "korean | ' ' | 0 characters",
        "blank | 빈칸이 없다. | not exactly one blank",
        "blank | ___ 그리고 ___ | not exactly one blank",
        "digits | 5000 | number 5000",
        "digits | five | 'five'",
        "digits | 1,2,3 | 3 pixels"
      })
  void refusesWhatItCannotRead(String task, String input, String part) {
    Run.of("predict", task, "--model", trained(task).toString(), input)
        .refuses(ExitCode.BAD_INPUT, part, "expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"syllables", "korean", "blank", "digits"})
  void explainsATaskAndItsOptions(String task) {
    assertThat(Run.of("train", task, "--help").succeeds().out())
        .contains("--cell", "--direction", "--quick", "--epochs", "--out", "Without options");
    assertThat(Run.of("tasks").succeeds().out()).contains(task);
    assertThat(Run.of("tasks", "--json").succeeds().out()).contains("\"task\": \"" + task + "\"");
  }

  /** A model that no test changes, trained once for all of them. */
  private static Path trained(String task) {
    Path model = models.resolve(task + ".safetensors");
    if (!Files.exists(model)) {
      train(task, model).succeeds();
    }
    return model;
  }

  private static Run train(String task, Path model, String... more) {
    List<String> all = new ArrayList<>(List.of(arguments(task, model)));
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

  private static String[] arguments(String task, Path model) {
    return new String[] {
      "train",
      task,
      "--quick",
      "--backend",
      "ejml",
      "--threads",
      "2",
      "--epochs",
      "1",
      "--hidden",
      "4",
      "--seed",
      "7",
      "--out",
      model.toString()
    };
  }

  private static JsonElement json(Run run) {
    return JsonParser.parseString(run.succeeds().out());
  }
}
