package org.recur4j.backend.cuda.gpucheck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentSpec;

/**
 * One line of {@code gpu-check/shapes.tsv}.
 *
 * @param name of the row
 * @param cell tanh, lstm or gru
 * @param steps T
 * @param batch B
 * @param inputs I of the first layer
 * @param units H
 * @param layers one above the other
 * @param directions 1 or 2
 * @param trained whether forward and backward together are timed too
 * @param waited whether every call's result is waited for
 */
record LayerShape(
    String name,
    String cell,
    int steps,
    int batch,
    int inputs,
    int units,
    int layers,
    int directions,
    boolean trained,
    boolean waited) {

  static List<LayerShape> read(Path file, String pattern) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(LayerShape::parse)
        .filter(shape -> shape.name.matches(pattern))
        .toList();
  }

  static LayerShape parse(String line) {
    String[] field = line.split("\t", -1);
    if (field.length != 10) {
      throw new IllegalArgumentException(
          "A shape has 10 fields with tabs between, this has " + field.length + ": " + line);
    }
    return new LayerShape(
        field[0],
        field[1],
        Integer.parseInt(field[2]),
        Integer.parseInt(field[3]),
        Integer.parseInt(field[4]),
        Integer.parseInt(field[5]),
        Integer.parseInt(field[6]),
        Integer.parseInt(field[7]),
        List.of(field[8].split(",")).contains("train"),
        field[9].equals("waited"));
  }

  /** What one of the layers computes, the lowest being number 0. */
  RecurrentSpec spec(int layer, Precision precision) {
    int width = layer == 0 ? inputs : directions * units;
    RecurrentSpec.Builder builder =
        switch (cell) {
          case "tanh" -> RecurrentSpec.vanilla(width, units);
          case "lstm" -> RecurrentSpec.lstm(width, units);
          case "gru" -> RecurrentSpec.gru(width, units);
          default ->
              throw new IllegalArgumentException("cell '" + cell + "' is none of tanh, lstm, gru");
        };
    return builder
        .direction(directions == 2 ? Direction.BIDIRECTIONAL : Direction.FORWARD)
        .precision(precision)
        .build();
  }

  /** Multiplications and additions of the products of one forward. */
  double forwardOperations() {
    double sum = 0;
    for (int layer = 0; layer < layers; layer++) {
      RecurrentSpec spec = spec(layer, Precision.FULL);
      sum += 2.0 * steps * batch * directions * spec.gates() * units * (spec.inputSize() + units);
    }
    return sum;
  }
}
