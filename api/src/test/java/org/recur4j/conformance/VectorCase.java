package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.opentest4j.TestAbortedException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.reference.NaiveWeights;
import org.recur4j.api.tensor.DataType;

/** One published case: ONNX names, shapes and gate order in, ours out. */
final class VectorCase {
  /** An array with its extents. */
  record Values(double[] data, int... shape) {
    int extent(int axis) {
      return shape[axis];
    }

    /** With the first two axes exchanged. */
    Values swapped() {
      int inner = data.length / (shape[0] * shape[1]);
      double[] swapped = new double[data.length];
      for (int i = 0; i < data.length; i++) {
        int row = i / inner / shape[1];
        int column = i / inner % shape[1];
        swapped[(column * shape[0] + row) * inner + i % inner] = data[i];
      }
      int[] extents = shape.clone();
      extents[0] = shape[1];
      extents[1] = shape[0];
      return new Values(swapped, extents);
    }
  }

  /** Our gate block k is ONNX's block {@code order[k]}: i f g o from i o f c, r z n from z r h. */
  private static final int[] LSTM_ORDER = {0, 2, 3, 1};

  private static final int[] GRU_ORDER = {1, 0, 2};
  private static final int[] ONE = {0};

  private final Map<String, Object> fields;

  VectorCase(Map<String, Object> fields) {
    this.fields = fields;
  }

  String name() {
    return (String) fields.get("name");
  }

  String op() {
    return (String) fields.get("op");
  }

  boolean has(String field) {
    return fields.get(field) != null;
  }

  Object field(String field) {
    return fields.get(field);
  }

  double number(String field, double otherwise) {
    return has(field) ? (Double) fields.get(field) : otherwise;
  }

  VectorCase inner(String field) {
    return new VectorCase(object(fields.get(field)));
  }

  /** Layer k of the cases that have several, with this case's operator and activations. */
  VectorCase layer(int index) {
    Map<String, Object> layer = new java.util.HashMap<>(fields);
    layer.putAll(object(((List<?>) fields.get("layers")).get(index)));
    return new VectorCase(layer);
  }

  VectorCase entry(String field, int index) {
    return new VectorCase(object(((List<?>) fields.get(field)).get(index)));
  }

  int layers() {
    return ((List<?>) fields.get("layers")).size();
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  Values values(String field) {
    if (!has(field)) {
      return null;
    }
    Map<String, Object> tensor = object(fields.get(field));
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

  int[] lengths() {
    if (!has("seq_lens")) {
      return null;
    }
    double[] given = numbers(fields.get("seq_lens"));
    int[] lengths = new int[given.length];
    for (int row = 0; row < given.length; row++) {
      lengths[row] = (int) given[row];
    }
    return lengths;
  }

  static double[] numbers(Object list) {
    return ((List<?>) list).stream().mapToDouble(entry -> ((Number) entry).doubleValue()).toArray();
  }

  /** What a case asks that plans do not offer, by name; a skip with its reason. */
  void checkCovered() {
    if (has("clip")) {
      throw new TestAbortedException(
          "plans do not clip gates; the module models does, step by step");
    }
    if (number("input_forget", 0) != 0) {
      throw new TestAbortedException(
          "plans do not couple gates; the module models does, step by step");
    }
    Values peepholes = values("P");
    if (peepholes != null && java.util.Arrays.stream(peepholes.data()).anyMatch(v -> v != 0)) {
      throw new TestAbortedException(
          "plans have no peepholes; the module models has them, step by step");
    }
    if (has("mask")) {
      throw new TestAbortedException("masks belong to the module models, not to backends");
    }
  }

  RecurrentSpec spec(DataType type) {
    Values w = values("W");
    int hidden = values("R").extent(2);
    RecurrentSpec.Builder builder =
        switch (op()) {
          case "rnn" -> RecurrentSpec.vanilla(w.extent(2), hidden);
          case "lstm" -> RecurrentSpec.lstm(w.extent(2), hidden);
          default -> RecurrentSpec.gru(w.extent(2), hidden);
        };
    List<Activation> activations = activations();
    if (op().equals("rnn")) {
      builder.activation(activations.get(0));
    } else {
      builder.gateActivation(activations.get(0)).activation(activations.get(1));
    }
    return builder
        .reset(
            number("linear_before_reset", 0) == 0
                ? ResetVariant.BEFORE_PRODUCT
                : ResetVariant.AFTER_PRODUCT)
        .direction(Direction.valueOf(((String) field("direction")).toUpperCase(Locale.ROOT)))
        .biases(has("B") ? Biases.DOUBLE : Biases.NONE)
        .dataType(type)
        .build();
  }

  private List<Activation> activations() {
    double[] alphas = has("activation_alpha") ? numbers(field("activation_alpha")) : new double[0];
    double[] betas = has("activation_beta") ? numbers(field("activation_beta")) : new double[0];
    int alpha = 0;
    int beta = 0;
    List<Activation> all = new ArrayList<>();
    for (Object name : (List<?>) field("activations")) {
      Activation.Kind kind = kind((String) name);
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
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).equals(all.get(i % each))) {
        throw new TestAbortedException(
            "plans have one activation; the module models runs others step by step");
      }
    }
    if (each == 3 && !all.get(1).equals(all.get(2))) {
      throw new TestAbortedException(
          "plans have one activation for candidate and output; the module models has two");
    }
    return all;
  }

  private static Activation.Kind kind(String onnx) {
    String ours = onnx.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    for (Activation.Kind kind : Activation.Kind.values()) {
      if (kind.name().replace("_", "").equals(ours.replace("_", ""))) {
        return kind;
      }
    }
    throw new TestAbortedException("activation names are not a backend's business: " + onnx);
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

  /** Weights (or their gradients) in our gate order, one entry a direction. */
  List<NaiveWeights> weights(String op) {
    Values w = values("W");
    Values r = values("R");
    Values b = values("B");
    int[] order = op.equals("lstm") ? LSTM_ORDER : op.equals("gru") ? GRU_ORDER : ONE;
    List<NaiveWeights> all = new ArrayList<>();
    for (int d = 0; d < w.extent(0); d++) {
      int rows = w.extent(1);
      all.add(
          new NaiveWeights(
              blocks(w.data(), order, d * rows * w.extent(2), rows * w.extent(2)),
              blocks(r.data(), order, d * rows * r.extent(2), rows * r.extent(2)),
              b == null ? null : blocks(b.data(), order, 2 * d * rows, rows),
              b == null ? null : blocks(b.data(), order, (2 * d + 1) * rows, rows)));
    }
    return all;
  }

  private static double[] blocks(double[] data, int[] order, int from, int count) {
    double[] result = new double[count];
    int block = count / order.length;
    for (int k = 0; k < order.length; k++) {
      System.arraycopy(data, from + order[k] * block, result, k * block, block);
    }
    return result;
  }

  /** ONNX's {@code [T, D, B, H]} as our {@code [T, B, D·H]}; {@code [B, T, D, H]} in layout 1. */
  Values output(String field, double layout) {
    Values y = values(field);
    if (y == null) {
      return null;
    }
    if (layout != 0) {
      Values timeFirst = y.swapped();
      return new Values(
          timeFirst.data(), timeFirst.extent(0), timeFirst.extent(1), y.extent(2) * y.extent(3));
    }
    int size = y.extent(3);
    double[] ours = new double[y.data().length];
    for (int i = 0; i < ours.length; i++) {
      int row = i / size % y.extent(2);
      int direction = i / size / y.extent(2) % y.extent(1);
      int time = i / size / y.extent(2) / y.extent(1);
      ours[((time * y.extent(2) + row) * y.extent(1) + direction) * size + i % size] = y.data()[i];
    }
    return new Values(ours, y.extent(0), y.extent(2), y.extent(1) * size);
  }
}
