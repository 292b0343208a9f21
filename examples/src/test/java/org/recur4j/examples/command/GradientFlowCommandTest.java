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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradientFlowCommandTest {
  @TempDir private Path folder;

  private static String[] small(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "gradient-flow",
                "adding",
                "--backend",
                "ejml",
                "--quick",
                "--length",
                "12",
                "--hidden",
                "4",
                "--steps",
                "4",
                "--every",
                "2",
                "--chunk",
                "5"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  @Test
  void showsEveryCellAndEveryRemedy() throws IOException {
    Path png = folder.resolve("flow.png");
    Run run =
        Run.of(
                small(
                    "--remedy",
                    "orthogonal,identity,clip,gru,tbptt,layer-norm",
                    "--png",
                    png.toString()))
            .succeeds();
    assertThat(run.out())
        .contains(
            "vanilla: 4 batches, 3 looks",
            "NETWORK",
            "JACOBIAN MEAN",
            "vanilla + orthogonal",
            "vanilla + identity",
            "vanilla + clip",
            "vanilla + gru",
            "vanilla + tbptt",
            "vanilla + layer-norm",
            "truncated there, so that 10 steps receive no gradient",
            "not measured");
    assertThat(Files.readAllBytes(png)).startsWith((byte) 0x89, 'P', 'N', 'G');
    assertThat(folder.resolve("flow.svg")).content().contains("<svg");
  }

  @Test
  void writesAPage() {
    Path page = folder.resolve("flow.html");
    Run.of(small("--cell", "vanilla,gru", "--report", page.toString())).succeeds();
    assertThat(page)
        .content()
        .contains(
            "Gradients through time: adding",
            "vanishing (0 to 4)",
            "decades from the gradient at the last step",
            "the same color is the same figure in all",
            "./recur4j gradient-flow adding",
            "recurrent weights uniform");
  }

  @Test
  void tellsMachinesEveryLook() {
    Run run = Run.of(small("--cell", "lstm", "--json")).succeeds();
    JsonObject document = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(document.get("task").getAsString()).isEqualTo("adding");
    JsonArray networks = document.getAsJsonArray("networks");
    assertThat(networks).hasSize(1);
    JsonObject lstm = networks.get(0).getAsJsonObject();
    assertThat(lstm.getAsJsonArray("losses")).hasSize(4);
    JsonArray looks = lstm.getAsJsonArray("looks");
    assertThat(looks).hasSize(3);
    JsonObject layer =
        looks.get(2).getAsJsonObject().getAsJsonArray("layers").get(0).getAsJsonObject();
    assertThat(layer.getAsJsonArray("gradientNormsByStepsBack")).hasSize(12);
    assertThat(layer.getAsJsonArray("spectralRadii")).hasSize(4);
    assertThat(layer.getAsJsonArray("saturation")).hasSize(4);
    assertThat(layer.get("verdict").getAsString()).isIn("vanishing", "healthy", "exploding");
    assertThat(layer.get("jacobianLargest").getAsDouble())
        .isGreaterThanOrEqualTo(layer.get("jacobianMean").getAsDouble());
  }

  @Test
  void theSpectralRadiusIsWhatWasAskedFor() {
    Run run =
        Run.of(
                "gradient-flow",
                "adding",
                "--backend",
                "ejml",
                "--quick",
                "--cell",
                "vanilla",
                "--steps",
                "0",
                "--spectral-radius",
                "1.5",
                "--json")
            .succeeds();
    JsonObject layer =
        JsonParser.parseString(run.out())
            .getAsJsonObject()
            .getAsJsonArray("networks")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("looks")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("layers")
            .get(0)
            .getAsJsonObject();
    assertThat(layer.getAsJsonArray("spectralRadii").get(0).getAsDouble())
        .isCloseTo(1.5, org.assertj.core.api.Assertions.within(1e-5));
  }

  @Test
  void looksAtAModelFile() {
    Path file = folder.resolve("adding.safetensors");
    Run.of(
            "train",
            "adding",
            "--backend",
            "ejml",
            "--quick",
            "--length",
            "10",
            "--epochs",
            "1",
            "--cell",
            "gru",
            "--quiet",
            "--out",
            file.toString())
        .succeeds();
    Run run = Run.of("gradient-flow", file.toString(), "--backend", "ejml").succeeds();
    assertThat(run.out()).contains("adding.safetensors: ", "over 10 steps");
    Run.of("gradient-flow", file.toString(), "--backend", "ejml", "--remedy", "clip")
        .refuses(ExitCode.BAD_INPUT, "--remedy for a trained model", "Give the task adding");
  }

  @Test
  void remediesAreTriedTogether() {
    assertThat(Run.of(small("--cell", "vanilla", "--remedy", "clip+identity")).succeeds().out())
        .contains("vanilla + identity + clip: 4 batches");
    Run.of(small("--remedy", "gru+layer-norm"))
        .refuses(ExitCode.BAD_INPUT, "the remedies [gru, layer-norm] together");
  }

  @Test
  void refusesWhatItCannotWatch() {
    Run.of("gradient-flow", "nothing")
        .refuses(ExitCode.BAD_INPUT, "'nothing'", "a model file, or one of", "adding");
    Run.of(small("--remedy", "prayer"))
        .refuses(ExitCode.BAD_INPUT, "'prayer' is none of orthogonal, identity, clip, gru");
    Run.of(small("--cell", "gru,gru"))
        .refuses(ExitCode.BAD_INPUT, "a cell or a remedy twice", "each once");
    Run.of(small("--cell", "none")).refuses(ExitCode.BAD_INPUT, "vanilla, lstm or gru");
    Run.of("gradient-flow", "pronounce", "--quick")
        .refuses(ExitCode.BAD_INPUT, "a task that trains an encoder–decoder");
    Run.of("gradient-flow", "digits", "--length", "9")
        .refuses(ExitCode.BAD_INPUT, "--length 9", "a task whose length can be chosen");
    Run.of(small("--png", folder.resolve("flow.gif").toString()))
        .refuses(ExitCode.BAD_INPUT, "a file that ends in .png");
  }
}
