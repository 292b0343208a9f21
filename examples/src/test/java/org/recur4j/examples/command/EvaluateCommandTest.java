package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentSpec;

/** Models measured again at the public door, with the precision that was asked for or none. */
class EvaluateCommandTest {
  @TempDir private Path folder;

  /** Chorales as the published file has them, few enough to be read here. */
  private static final String CHORALES =
      "{\"train\": [[[60, 64], [62], []], [[62, 65], [60]]],"
          + " \"valid\": [[[60], [64]]], \"test\": [[[60], [62], [64]]]}";

  @ParameterizedTest
  @ValueSource(strings = {"digits", "chorales", "adding"})
  void givesTheFiguresThatTrainingPrinted(String task) throws IOException {
    compareWithTraining(task);
  }

  @Tag("thorough")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "syllables",
        "korean",
        "blank",
        "pronounce",
        "births",
        "new-names",
        "copy",
        "temporal-order"
      })
  void givesTheFiguresThatTrainingOfFurtherTasksPrinted(String task) throws IOException {
    compareWithTraining(task);
  }

  private void compareWithTraining(String task) throws IOException {
    List<String> own =
        task.equals("chorales")
            ? List.of("--data", Files.writeString(folder.resolve("c.json"), CHORALES).toString())
            : List.of();
    String model = folder.resolve(task + ".safetensors").toString();
    JsonArray trained =
        json("train", task, own, "--hidden", "5", "--epochs", "1", "--out", model)
            .getAsJsonArray("scores");
    JsonObject evaluated = json("evaluate", task, own, "--model", model);
    JsonArray again = evaluated.getAsJsonArray("scores");
    assertThat(again).hasSameSizeAs(trained).isNotEmpty();
    for (int i = 0; i < trained.size(); i++) {
      JsonObject before = trained.get(i).getAsJsonObject();
      JsonObject after = again.get(i).getAsJsonObject();
      assertThat(after.get("metric")).isEqualTo(before.get("metric"));
      assertThat(after.get("unit")).isEqualTo(before.get("unit"));
      assertThat(after.get("full")).as(after.toString()).isEqualTo(before.get("value"));
      assertThat(after.has("value")).as("another precision, which nobody asked for").isFalse();
    }
    assertThat(evaluated.get("precision").getAsString()).isEqualTo("FULL");
    assertThat(evaluated.get("packed_bytes_full").getAsLong()).isPositive();
    if (!task.equals("pronounce")) {
      assertThat(evaluated.get("loss_full").getAsDouble()).isFinite();
      assertThat(evaluated.get("answers").getAsLong()).isPositive();
    }
  }

  @Test
  void measuresWholeTestPartsAndThoseOfOtherSeeds() {
    String model = folder.resolve("m.safetensors").toString();
    json("train", "adding", List.of(), "--hidden", "5", "--epochs", "1", "--out", model);
    JsonObject whole =
        JsonParser.parseString(
                Run.of("evaluate", "adding", "--backend", "ejml", "--model", model, "--json")
                    .succeeds()
                    .out())
            .getAsJsonObject();
    assertThat(whole.get("answers").getAsLong()).isEqualTo(1000);
    assertThat(whole.has("accuracy_full")).as("sums are neither right nor wrong").isFalse();
    assertThat(
            Run.of("evaluate", "adding", "--backend", "ejml", "--model", model, "--seed", "2")
                .succeeds()
                .out())
        .contains("METRIC", "FULL", "mean squared error", "mean loss", "1,000 answers")
        .doesNotContain("DIFFERENCE", "right answers");
    Run.of("evaluate", "chorales", "--model", model)
        .refuses(ExitCode.BAD_INPUT, "a model of the task 'adding'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits", "births", "pronounce"})
  void comparesLowPrecisionOrSaysWhyNot(String task) {
    String model = folder.resolve(task + ".safetensors").toString();
    json("train", task, List.of(), "--hidden", "8", "--epochs", "1", "--out", model);
    Run evaluated =
        Run.of(
            "evaluate",
            task,
            "--quick",
            "--backend",
            "ejml",
            "--model",
            model,
            "--precision",
            "int8");
    if (hasKernels()) {
      assertThat(evaluated.succeeds().out())
          .contains("FULL", "INT8", "DIFFERENCE")
          .contains("packed recurrent weights, bytes", "times the memory");
      boolean whole = task.equals("pronounce");
      assertThat(evaluated.out().contains("largest absolute difference")).isEqualTo(!whole);
      assertThat(evaluated.out())
          .contains(
              switch (task) {
                case "digits" -> "images right";
                case "births" -> "MASE (m = 7), 28 days ahead";
                default -> "wrong words (WER)";
              });
    } else {
      assertThat(evaluated.err())
          .contains("at INT8 on backend ejml", "has no kernel", "backend here")
          .doesNotContain("internal error");
    }
  }

  @Test
  void asksAtLowPrecisionOrSaysWhyNot() {
    String model = folder.resolve("digits.safetensors").toString();
    json("train", "digits", List.of(), "--hidden", "8", "--epochs", "1", "--out", model);
    Run predicted =
        Run.of(
            "predict", "digits", "--backend", "ejml", "--model", model, "--precision", "bf16", "5");
    if (hasKernels()) {
      assertThat(predicted.succeeds().out()).contains("ANSWER");
    } else {
      assertThat(predicted.err()).contains("at BF16 on backend ejml", "has no kernel");
    }
  }

  private static boolean hasKernels() {
    try (Backend backend = Backends.open("ejml")) {
      return backend
          .recurrence()
          .assess(RecurrentSpec.lstm(8, 8).precision(Precision.INT8).build())
          .fused();
    }
  }

  /** With few examples and the seed 7, on one backend. */
  private static JsonObject json(String command, String task, List<String> own, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(command, task, "--quick", "--seed", "7", "--backend", "ejml", "--json"));
    words.addAll(own);
    words.addAll(List.of(more));
    return JsonParser.parseString(Run.of(words.toArray(String[]::new)).succeeds().out())
        .getAsJsonObject();
  }
}
