package org.recur4j.models.explain;

import java.util.Locale;
import org.recur4j.api.recurrent.CellKind;

/**
 * The matrices of one step, drawn to size: every number is a square, blue below zero, orange above,
 * the darker the larger. {@code h = φ(W x + U h′ + b)}; gates lie below one another.
 */
final class MatrixPicture {
  private static final int MARGIN = 30;
  private static final int GAP = 46;
  private static final int TOP = 60;
  private static final int LARGEST_SQUARE = 44;
  private static final int LONGEST_SIDE = 640;
  private static final int SQUARE_WITH_NUMBER = 34;

  private final StepNumbers step;
  private final double square;
  private final Drawing drawing;
  private double x = MARGIN;

  private MatrixPicture(StepNumbers step) {
    this.step = step;
    int hidden = step.hidden().length;
    int rows = step.spec().gates() * hidden;
    int columns = step.x().length + hidden + 4;
    int tallest = Math.max(rows, Math.max(hidden, step.x().length));
    this.square = Math.min(LARGEST_SQUARE, (double) LONGEST_SIDE / Math.max(tallest, columns));
    this.drawing =
        new Drawing(
            2 * MARGIN + columns * square + 6 * GAP, TOP + MARGIN + Math.max(tallest * square, 40));
  }

  static String svg(StepNumbers step) {
    return new MatrixPicture(step).draw();
  }

  private String draw() {
    int hidden = step.hidden().length;
    int inputs = step.x().length;
    int rows = step.spec().gates() * hidden;
    double[] bias = new double[rows];
    for (int g = 0; g < step.spec().gates(); g++) {
      double[] ofInput = step.bias(step.weights().biasIh(), g);
      double[] ofHidden = step.bias(step.weights().biasHh(), g);
      for (int j = 0; j < hidden; j++) {
        bias[g * hidden + j] = ofInput[j] + ofHidden[j];
      }
    }
    matrix("h", step.hidden(), hidden, 1);
    boolean gated = step.spec().gates() > 1;
    sign(gated ? "←" : "= φ(");
    if (gated) {
      gateNames();
    }
    matrix("W  " + rows + "×" + inputs, step.weights().weightIh(), rows, inputs);
    sign("·");
    matrix("x", step.x(), inputs, 1);
    sign("+");
    matrix("U  " + rows + "×" + hidden, step.weights().weightHh(), rows, hidden);
    sign("·");
    matrix("h′", step.previous(), hidden, 1);
    sign("+");
    matrix("b", bias, rows, 1);
    sign(gated ? "" : ")");
    return drawing.svg("The matrices of one step, drawn to size");
  }

  private void matrix(String name, double[] values, int rows, int columns) {
    double largest = 1e-9;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    drawing.text(x + columns * square / 2, TOP - 20.0, 14, Drawing.INK, name);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double value = values[r * columns + c];
        double left = x + c * square;
        double top = TOP + r * square;
        drawing.tile(left, top, square, colour(value / largest));
        if (square >= SQUARE_WITH_NUMBER) {
          drawing.text(
              left + square / 2,
              top + square / 2,
              square / 4,
              Drawing.INK,
              Numbers.one(value).strip());
        }
      }
    }
    x += columns * square;
  }

  /** Before W, each in the middle of its block of rows. */
  private void gateNames() {
    String names = step.spec().cell() == CellKind.LSTM ? "ifgo" : "rzn";
    double block = square * step.hidden().length;
    for (int g = 0; g < names.length(); g++) {
      double middle = TOP + (g + 0.5) * block;
      drawing.text(x - 8, middle, 14, Drawing.INK, names.substring(g, g + 1));
    }
    x += 4;
  }

  private void sign(String words) {
    double y = TOP + Math.max(square, 16) / 2;
    drawing.text(x + GAP / 2.0, y, 16, Drawing.INK, words);
    x += GAP;
  }

  /** White at 0, blue at −1, orange at 1, never so dark that a number on it is lost. */
  private static String colour(double share) {
    double[] full = share < 0 ? new double[] {120, 178, 217} : new double[] {240, 168, 110};
    double depth = Math.abs(share);
    return String.format(
        Locale.ROOT,
        "#%02x%02x%02x",
        Math.round(255 + (full[0] - 255) * depth),
        Math.round(255 + (full[1] - 255) * depth),
        Math.round(255 + (full[2] - 255) * depth));
  }
}
