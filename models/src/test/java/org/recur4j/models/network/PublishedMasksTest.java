package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.data.MaskedOutput;
import org.recur4j.models.data.SequenceBatch;

/**
 * Published masking cases (Keras), whose folder the system property {@code recur4j.conformanceDir}
 * names, else {@code ../shared/conformance} beside the build. Every network ends in an identity, so
 * that its answers are the recurrent layer's outputs.
 */
class PublishedMasksTest {
  /** Our gate block k is ONNX's block {@code order[k]}. */
  private static final Map<CellKind, int[]> ORDER =
      Map.of(
          CellKind.VANILLA, new int[] {0},
          CellKind.LSTM, new int[] {0, 2, 3, 1},
          CellKind.GRU, new int[] {1, 0, 2});

  @Test
  void layersAgreeWithThePublishedValues() throws IOException {
    Path folder = folder();
    Assumptions.assumeTrue(
        folder != null, "no published cases here: 0 run, set -Drecur4j.conformanceDir");
    int compared = 0;
    List<String> run = new ArrayList<>();
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        DirectoryStream<Path> files =
            Files.newDirectoryStream(folder.resolve("cases"), "keras_*masking*.json")) {
      for (Path file : files) {
        JsonObject c = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        compared += run(backend, c);
        run.add(c.get("name").getAsString());
      }
    }
    System.out.println(
        "published masking cases: " + run.size() + " run, " + compared + " numbers compared");
    assertThat(run).as("cases in " + folder).hasSizeGreaterThanOrEqualTo(15);
  }

  private static Path folder() {
    String named = System.getProperty("recur4j.conformanceDir");
    if (named != null) {
      return Path.of(named);
    }
    for (String place : List.of("../shared/conformance", "../../shared/conformance")) {
      if (Files.isDirectory(Path.of(place))) {
        return Path.of(place);
      }
    }
    return null;
  }

  private static int run(Backend backend, JsonObject c) {
    RecurrentLayerSpec layer = layer(c);
    int outputs = layer.direction().count() * layer.hiddenSize();
    JsonObject expected = c.getAsJsonObject("expected");
    int compared = 0;
    if (expected.has("Y")) {
      compared +=
          run(backend, c, layer, Networks.manyToMany(), outputs, expected.getAsJsonObject("Y"));
    }
    if (expected.has("Y_h")) {
      compared +=
          run(backend, c, layer, Networks.manyToOne(), outputs, expected.getAsJsonObject("Y_h"));
    }
    if (expected.has("merged_last")) {
      JsonObject merged = expected.getAsJsonObject("merged_last");
      compared += run(backend, c, layer, Networks.manyToOne(), outputs, merged);
    }
    return compared;
  }

  private static int run(
      Backend backend,
      JsonObject c,
      RecurrentLayerSpec layer,
      SequenceBuilder<?> builder,
      int outputs,
      JsonObject want) {
    int features = shape(c.getAsJsonObject("X"))[2];
    try (Network network =
        builder
            .features(features)
            .recurrent(layer)
            .values(outputs)
            .dataType(DataType.FLOAT64)
            .build(backend)) {
      fill(network, c, layer);
      return compare(c, layer, network.predict(batch(c)), want);
    }
  }

  private static RecurrentLayerSpec layer(JsonObject c) {
    CellKind cell =
        switch (c.get("op").getAsString()) {
          case "rnn" -> CellKind.VANILLA;
          case "lstm" -> CellKind.LSTM;
          case "gru" -> CellKind.GRU;
          default -> throw new AssertionError("operator " + c.get("op"));
        };
    RecurrentLayerSpec spec =
        RecurrentLayerSpec.of(cell, c.get("hidden_size").getAsInt())
            .direction(
                Direction.valueOf(c.get("direction").getAsString().toUpperCase(Locale.ROOT)));
    JsonArray activations = c.getAsJsonArray("activations");
    if (activations.get(0).getAsString().equals("Affine")) {
      assertThat(data(c.getAsJsonArray("activation_alpha"))).containsExactly(1);
      assertThat(data(c.getAsJsonArray("activation_beta"))).containsExactly(0);
      spec = spec.activation(Activation.IDENTITY);
    }
    boolean before = cell == CellKind.GRU && c.get("linear_before_reset").getAsInt() == 0;
    return before ? spec.reset(ResetVariant.BEFORE_PRODUCT) : spec;
  }

  /** W [D, G·H, I], R [D, G·H, H], B [D, 2·G·H]; missing ones are zeros. */
  private static void fill(Network network, JsonObject c, RecurrentLayerSpec layer) {
    int hidden = layer.hiddenSize();
    int[] order = ORDER.get(layer.cell());
    int gates = order.length * hidden;
    for (Parameter parameter : network.parameters()) {
      double[] values = new double[parameter.value().size()];
      String name = parameter.name();
      if (name.equals("head.weight")) {
        int outputs = parameter.value().extent(0);
        for (int i = 0; i < outputs; i++) {
          values[i * outputs + i] = 1;
        }
      } else if (name.startsWith("rnn.")) {
        String tensor = name.contains("bias") ? "B" : name.contains("_ih") ? "W" : "R";
        if (c.has(tensor)) {
          double[] all = data(c.getAsJsonObject(tensor));
          int direction = name.endsWith("_reverse") && layer.direction().count() == 2 ? 1 : 0;
          int columns = values.length / gates;
          int block = hidden * columns;
          int start = direction * (tensor.equals("B") ? 2 : 1) * values.length;
          start += name.contains("bias_hh") ? values.length : 0;
          for (int gate = 0; gate < order.length; gate++) {
            System.arraycopy(all, start + order[gate] * block, values, gate * block, block);
          }
        }
      }
      network.backend().upload(values, 0, parameter.value());
    }
    network.refresh();
  }

  private static SequenceBatch batch(JsonObject c) {
    int[] shape = shape(c.getAsJsonObject("X"));
    double[] x = data(c.getAsJsonObject("X"));
    List<float[][]> sequences = new ArrayList<>();
    List<boolean[]> masks = new ArrayList<>();
    for (int b = 0; b < shape[1]; b++) {
      float[][] sequence = new float[shape[0]][shape[2]];
      boolean[] mask = new boolean[shape[0]];
      for (int t = 0; t < shape[0]; t++) {
        mask[t] =
            c.has("mask")
                ? c.getAsJsonArray("mask").get(b).getAsJsonArray().get(t).getAsInt() == 1
                : t < c.getAsJsonArray("seq_lens").get(b).getAsInt();
        Arrays.fill(sequence[t], Float.NaN);
        for (int f = 0; f < shape[2] && mask[t]; f++) {
          sequence[t][f] = (float) x[(t * shape[1] + b) * shape[2] + f];
        }
      }
      sequences.add(sequence);
      masks.add(mask);
    }
    boolean repeat = c.has("mask_output") && c.get("mask_output").getAsString().equals("repeat");
    return SequenceBatch.ofFeatures(
        sequences, masks, repeat ? MaskedOutput.REPEAT : MaskedOutput.ZERO);
  }

  /** Y [T, D, B, H], Y_h [D, B, H] or merged [B, D·H] against rows of [T·]D·H numbers. */
  private static int compare(
      JsonObject c, RecurrentLayerSpec layer, float[][] rows, JsonObject expected) {
    double[] want = data(expected);
    int[] shape = shape(expected);
    int hidden = layer.hiddenSize();
    int directions = layer.direction().count();
    JsonObject tolerance = c.getAsJsonObject("tolerance");
    for (int i = 0; i < want.length; i++) {
      int h = i % hidden;
      int b = shape.length == 2 ? i / shape[1] : i / hidden % rows.length;
      int d = shape.length == 2 ? i % shape[1] / hidden : i / hidden / rows.length % directions;
      int t = shape.length == 4 ? i / hidden / rows.length / directions : 0;
      double got = rows[b][(t * directions + d) * hidden + h];
      double most =
          tolerance.get("abs").getAsDouble()
              + tolerance.get("rel").getAsDouble() * Math.abs(want[i]);
      assertThat(Math.abs(got - want[i]))
          .as(c.get("name") + " step " + t + " direction " + d + " row " + b + ": " + got)
          .isLessThanOrEqualTo(most);
    }
    return want.length;
  }

  private static int[] shape(JsonObject tensor) {
    return Arrays.stream(data(tensor.getAsJsonArray("shape"))).mapToInt(n -> (int) n).toArray();
  }

  private static double[] data(JsonObject tensor) {
    return data(tensor.getAsJsonArray("data"));
  }

  private static double[] data(JsonArray array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).getAsDouble();
    }
    return numbers;
  }
}
