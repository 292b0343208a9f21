package org.recur4j.models.network;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.recur4j.api.kernel.Activation;

/** One published case of a recurrent operator: ONNX names, shapes and gate order in, ours out. */
record PublishedCase(JsonObject json) {
  /** Our gate block k is ONNX's block {@code order[k]}: i f g o from i o f c, r z n from z r h. */
  private static final int[] LSTM_ORDER = {0, 2, 3, 1};

  /** Peepholes: ours are i f o, ONNX's i o f. */
  private static final int[] PEEPHOLE_ORDER = {0, 2, 1};

  private static final int[] GRU_ORDER = {1, 0, 2};
  private static final int[] ONE = {0};

  /** An array with its extents. */
  record Values(double[] data, int... shape) {
    /** With the first two axes exchanged. */
    Values swapped() {
      int inner = data.length / (shape[0] * shape[1]);
      double[] swapped = new double[data.length];
      for (int i = 0; i < data.length; i++) {
        int target = i / inner % shape[1] * shape[0] + i / inner / shape[1];
        swapped[target * inner + i % inner] = data[i];
      }
      int[] extents = shape.clone();
      extents[0] = shape[1];
      extents[1] = shape[0];
      return new Values(swapped, extents);
    }
  }

  static PublishedCase parse(String text) {
    return new PublishedCase(JsonParser.parseString(text).getAsJsonObject());
  }

  String name() {
    return text("name");
  }

  String op() {
    return text("op");
  }

  String text(String field) {
    return json.has(field) ? json.get(field).getAsString() : null;
  }

  double number(String field, double otherwise) {
    return json.has(field) ? json.get(field).getAsDouble() : otherwise;
  }

  boolean has(String field) {
    return json.has(field);
  }

  PublishedCase inner(String field) {
    return new PublishedCase(json.getAsJsonObject(field));
  }

  /** Layer k of the cases that have several, with this case's operator and activations. */
  PublishedCase layer(int k) {
    JsonObject layer = json.deepCopy();
    json.getAsJsonArray("layers")
        .get(k)
        .getAsJsonObject()
        .entrySet()
        .forEach(field -> layer.add(field.getKey(), field.getValue()));
    return new PublishedCase(layer);
  }

  int layers() {
    return json.getAsJsonArray("layers").size();
  }

  int directions() {
    return text("direction").equals("bidirectional") ? 2 : 1;
  }

  Values values(String field) {
    if (!json.has(field)) {
      return null;
    }
    JsonObject tensor = json.getAsJsonObject(field);
    double[] extents = numbers(tensor.get("shape"));
    int[] shape = new int[extents.length];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = (int) extents[axis];
    }
    return new Values(numbers(tensor.get("data")), shape);
  }

  /** A tensor that is batch-first in layout 1, always time- or direction-first here. */
  Values ordered(String field) {
    Values values = values(field);
    return values == null || number("layout", 0) == 0 ? values : values.swapped();
  }

  /** {@code [T, D, B, H]}, or {@code [B, T, D, H]} in layout 1, as our {@code [T, B, D·H]}. */
  static Values sequence(Values y, double layout) {
    int[] s = y.shape();
    if (layout != 0) {
      Values timeFirst = y.swapped();
      return new Values(timeFirst.data(), s[1], s[0], s[2] * s[3]);
    }
    double[] ours = new double[y.data().length];
    for (int i = 0; i < ours.length; i++) {
      int row = i / s[3] % s[2];
      int direction = i / s[3] / s[2] % s[1];
      int time = i / s[3] / s[2] / s[1];
      ours[((time * s[2] + row) * s[1] + direction) * s[3] + i % s[3]] = y.data()[i];
    }
    return new Values(ours, s[0], s[2], s[1] * s[3]);
  }

  int[] lengths() {
    return has("seq_lens") ? integers(json.get("seq_lens")) : null;
  }

  /** Rows of ones and zeros, {@code [B][T]}. */
  List<int[]> mask() {
    List<int[]> rows = new ArrayList<>();
    json.getAsJsonArray("mask").forEach(row -> rows.add(integers(row)));
    return rows;
  }

  private static int[] integers(JsonElement list) {
    double[] given = numbers(list);
    int[] integers = new int[given.length];
    for (int i = 0; i < given.length; i++) {
      integers[i] = (int) given[i];
    }
    return integers;
  }

  private static double[] numbers(JsonElement list) {
    JsonArray array = list.getAsJsonArray();
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).getAsDouble();
    }
    return numbers;
  }

  /** Functions of one direction; null where the library has none of that name. */
  List<Activation> activations(int direction) {
    double[] alphas = has("activation_alpha") ? numbers(json.get("activation_alpha")) : ofNone();
    double[] betas = has("activation_beta") ? numbers(json.get("activation_beta")) : ofNone();
    int alpha = 0;
    int beta = 0;
    List<Activation> all = new ArrayList<>();
    for (JsonElement name : json.getAsJsonArray("activations")) {
      Activation.Kind kind = kind(name.getAsString());
      if (kind == null) {
        return null;
      }
      double a = 0;
      double b = 0;
      if (takesAlpha(kind)) {
        a = alpha < alphas.length ? alphas[alpha++] : defaultAlpha(kind);
      }
      if (takesBeta(kind)) {
        b = beta < betas.length ? betas[beta++] : kind == Activation.Kind.HARD_SIGMOID ? 0.5 : 0;
      }
      all.add(new Activation(kind, a, b));
    }
    int each = op().equals("rnn") ? 1 : op().equals("gru") ? 2 : 3;
    int first = all.size() == each ? 0 : direction * each;
    return all.subList(first, first + each);
  }

  private static double[] ofNone() {
    return new double[0];
  }

  private static Activation.Kind kind(String onnx) {
    for (Activation.Kind kind : Activation.Kind.values()) {
      if (kind.name().replace("_", "").equals(onnx.toUpperCase(Locale.ROOT))) {
        return kind;
      }
    }
    return null;
  }

  private static boolean takesAlpha(Activation.Kind kind) {
    return switch (kind) {
      case AFFINE, LEAKY_RELU, THRESHOLDED_RELU, SCALED_TANH, HARD_SIGMOID, ELU -> true;
      default -> false;
    };
  }

  private static boolean takesBeta(Activation.Kind kind) {
    return switch (kind) {
      case AFFINE, SCALED_TANH, HARD_SIGMOID -> true;
      default -> false;
    };
  }

  /** As the ONNX operators state them. */
  private static double defaultAlpha(Activation.Kind kind) {
    return switch (kind) {
      case LEAKY_RELU -> 0.01;
      case HARD_SIGMOID -> 0.2;
      default -> 1;
    };
  }

  /** Whether only the cell with peepholes can compute it. */
  boolean needsPeepholeCell() {
    if (!op().equals("lstm")) {
      return false;
    }
    boolean ownOutput = false;
    for (int d = 0; d < directions(); d++) {
      List<Activation> functions = activations(d);
      ownOutput |= functions != null && !functions.get(1).equals(functions.get(2));
    }
    return ownOutput || has("clip") || has("P") || number("input_forget", 0) != 0;
  }

  /** One direction's parameter under the name our cells ask for; zeros where the case has none. */
  double[] parameter(String name, int direction, int size) {
    int[] order = op().equals("lstm") ? LSTM_ORDER : op().equals("gru") ? GRU_ORDER : ONE;
    return switch (name) {
      case "weight_ih" -> blocks("W", order, direction * size, size);
      case "weight_hh" -> blocks("R", order, direction * size, size);
      case "weight_ch" -> blocks("P", PEEPHOLE_ORDER, direction * size, size);
      case "bias_ih" -> blocks("B", order, 2 * direction * size, size);
      case "bias_hh" -> blocks("B", order, (2 * direction + 1) * size, size);
      case "bias" -> {
        double[] sum = parameter("bias_ih", direction, size);
        double[] other = parameter("bias_hh", direction, size);
        for (int i = 0; i < size; i++) {
          sum[i] += other[i];
        }
        yield sum;
      }
      default -> throw new IllegalArgumentException(name);
    };
  }

  private double[] blocks(String field, int[] order, int from, int count) {
    double[] result = new double[count];
    Values values = values(field);
    int block = count / order.length;
    for (int k = 0; values != null && k < order.length; k++) {
      System.arraycopy(values.data(), from + order[k] * block, result, k * block, block);
    }
    return result;
  }
}
