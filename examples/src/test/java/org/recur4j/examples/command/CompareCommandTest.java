package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Backends;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;

/** Whether it measures everything and tells it, not what comes out. */
class CompareCommandTest {
  private static final List<String> SHORT =
      List.of("--threads", "1", "--turn", "1", "--rounds", "6", "--seconds", "0");

  @TempDir private Path folder;

  private static Run compare(String... more) {
    return Run.of(
        Stream.concat(Stream.concat(Stream.of("compare"), Stream.of(more)), SHORT.stream())
            .toArray(String[]::new));
  }

  @Test
  void measuresNamesOnEveryBackendAndTellsItThreeTimes() throws IOException {
    Path page = folder.resolve("report.html");
    Path csv = folder.resolve("figures.csv");
    Run run =
        compare(
            "names",
            "--quick",
            "--steps",
            "40",
            "--starts",
            "1",
            "--json",
            "--report",
            page.toString(),
            "--csv",
            csv.toString(),
            "--sweep",
            "hidden=4,8",
            "batch=16");
    assertThat(run.code()).as(run.err()).isZero();
    JsonObject document = JsonParser.parseString(run.out()).getAsJsonObject();
    List<String> backends = texts(document, "backends");
    assertThat(backends).contains("ejml", "nd4j");
    int known = backends.size() + document.getAsJsonArray("absent").size();
    assertThat(known).isEqualTo(Backends.report().candidates().size());
    document
        .getAsJsonArray("absent")
        .forEach(
            absent -> {
              assertThat(absent.getAsJsonObject().get("reason").getAsString()).isNotBlank();
              assertThat(absent.getAsJsonObject().get("remedy").getAsString()).isNotBlank();
            });
    for (String backend : backends) {
      for (String measure :
          List.of(
              "training step",
              "training step, p99",
              "one answer, p50",
              "one answer, p99",
              "answers in batches",
              "start to first answer",
              "Java heap, peak",
              "last training loss",
              "test accuracy")) {
        assertThat(figure(document, measure, backend).get("value").getAsDouble())
            .as(measure + " of " + backend)
            .isPositive();
      }
      assertThat(figure(document, "training step", backend).get("low").getAsDouble()).isPositive();
      assertThat(document.getAsJsonObject("losses").getAsJsonArray(backend)).hasSize(40);
    }
    assertThat(parities(document, true)).isEqualTo(backends);
    assertThat(parities(document, false)).contains("ejml").doesNotHaveDuplicates();
    for (JsonElement parity : document.getAsJsonArray("parity")) {
      JsonObject plans = parity.getAsJsonObject();
      boolean beside = parities(document, false).contains(plans.get("backend").getAsString());
      assertThat(plans.get("plans").getAsString())
          .isEqualTo(beside && plans.get("chosen").getAsBoolean() ? "fused" : "portable");
      assertThat(parity.getAsJsonObject().get("firstDivergence").isJsonNull()).isTrue();
      assertThat(parity.getAsJsonObject().getAsJsonArray("choices")).isNotEmpty();
    }
    assertThat(document.getAsJsonArray("sweep")).hasSize(2);
    assertThat(document.getAsJsonObject("environment").keySet())
        .contains("commit", "processor", "Java", "Java flags", "backend ejml");
    assertThat(document.getAsJsonObject("settings").get("seed").getAsString()).isEqualTo("1");
    assertThat(texts(document, "recommendation")).isNotEmpty();

    assertThat(Files.readAllLines(csv).get(0))
        .isEqualTo("sizes,measure,unit,backend,value,low,high,note");
    assertThat(Files.readString(csv)).contains("\"hidden 4, batch 16\",training step,ms,ejml,");
    assertThat(Files.readString(page))
        .contains("Backends compared: names", "Parity with double precision", "hidden");
  }

  @Test
  void printsATableAndSentences() {
    Run run =
        compare(
            "temporal-order", "--quick", "--steps", "12", "--starts", "0", "--backends", "ejml");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("temporal-order, lstm forward: seed 1, hidden 16")
        .containsPattern("(?m)^MEASURED \\(95 % INTERVAL\\) +ejml$")
        .containsPattern("(?m)^training step +[0-9.]+ \\([0-9.]+ to [0-9.]+\\) ms$")
        .containsPattern("(?m)^one answer, p99 +[0-9.]+ ms$")
        .contains("start to first answer, ejml: no start was asked for (--starts 0)")
        .containsPattern("(?m)^test accuracy +[0-9.]+ %$")
        .contains("training step: only ejml could be measured")
        .contains("chosen by ejml: rnn layer 0")
        .containsPattern("(?m)^ejml, fused +forward .* of what is allowed$")
        .containsPattern("(?m)^ejml, portable +backward .* of what is allowed$")
        .contains("ejml, fused: every number is within the tolerance")
        .contains("ejml, portable: every number is within the tolerance")
        .contains("there is nothing to choose");
  }

  @Test
  void trainsANetworkInAFileOnAndLeavesTheFileAsItIs() throws IOException {
    Path file = folder.resolve("small.safetensors");
    try (Backend backend = Backends.open("ejml");
        Network network =
            Networks.manyToMany().features(3).recurrent(Networks.gru(5)).values(2).build(backend)) {
      network.save(file);
    }
    byte[] before = Files.readAllBytes(file);
    Run run =
        compare(file.toString(), "--steps", "24", "--starts", "0", "--length", "7", "--batch", "4");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("small.safetensors, random examples: seed 1")
        .contains("random examples of up to 7 steps")
        .containsPattern("(?m)^training steps +24");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    compare(file.toString(), "--sweep", "hidden=4")
        .refuses(ExitCode.BAD_INPUT, "'hidden'", "batch");
    compare(file.toString(), "--epochs", "4").refuses(ExitCode.BAD_INPUT, "--batch and --length");
  }

  @Test
  void saysWhatAnEncoderDecoderCannotBeAskedFor() {
    Run run =
        compare(
            "pronounce",
            "--quick",
            "--steps",
            "4",
            "--starts",
            "0",
            "--backends",
            "ejml",
            "--hidden",
            "4",
            "--batch",
            "4");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("test metric, ejml: training was stopped")
        .contains("one answer, p50, ejml: the model's file holds no single network")
        .contains("Answers, parity and starts are not measured:");
  }

  @Test
  void refusesBadInput() {
    compare("nothing").refuses(ExitCode.BAD_INPUT, "'nothing'", "names, syllables", "or a file");
    compare("names", "--sweep", "hidden=4;8").refuses(ExitCode.BAD_INPUT, "'hidden=4;8'");
    compare("names", "--sweep", "hidden=0").refuses(ExitCode.BAD_INPUT, "hidden", "at least 1");
    compare("names", "--sweep", "width=4").refuses(ExitCode.BAD_INPUT, "'width'", "hidden, batch");
    compare("names", "--sweep", "batch=4", "batch=8").refuses(ExitCode.BAD_INPUT, "two different");
    compare("names", "--backends", "abacus")
        .refuses(ExitCode.FAILURE, "the name 'abacus'", "ejml: available");
    compare("names", "--report", folder.resolve("no/r.html").toString())
        .refuses(ExitCode.BAD_INPUT, "--report", "no folder");
    compare("names", "--steps", "-1").refuses(ExitCode.BAD_INPUT, "-1 training steps");
  }

  private static JsonObject figure(JsonObject document, String measure, String backend) {
    for (JsonElement element : document.getAsJsonArray("figures")) {
      JsonObject figure = element.getAsJsonObject();
      if (figure.get("measure").getAsString().equals(measure)
          && figure.get("backend").getAsString().equals(backend)) {
        return figure;
      }
    }
    throw new AssertionError("no figure of " + measure + " on " + backend);
  }

  /** Whose parity was measured with the plans that it chose, or with portable ones beside them. */
  private static List<String> parities(JsonObject document, boolean chosen) {
    List<String> names = new ArrayList<>();
    for (JsonElement parity : document.getAsJsonArray("parity")) {
      if (parity.getAsJsonObject().get("chosen").getAsBoolean() == chosen) {
        names.add(parity.getAsJsonObject().get("backend").getAsString());
      }
    }
    return names;
  }

  private static List<String> texts(JsonObject document, String name) {
    List<String> texts = new ArrayList<>();
    document.getAsJsonArray(name).forEach(element -> texts.add(element.getAsString()));
    return texts;
  }
}
