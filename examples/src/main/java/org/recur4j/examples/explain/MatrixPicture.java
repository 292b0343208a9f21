package org.recur4j.examples.explain;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.ResetVariant;

/**
 * The matrices of one step, drawn to size: every number is a square, blue below zero, orange above,
 * the darker the larger. Gates lie below one another; what each row stands for is written between
 * the matrices and as equations above them.
 */
final class MatrixPicture {
  private static final int MARGIN = 30;
  private static final int GAP = 46;
  private static final int WIDE_GAP = 74;
  private static final int LINE = 20;
  private static final int LETTER = 8;
  private static final int LARGEST_SQUARE = 44;
  private static final int LONGEST_SIDE = 640;
  private static final int SQUARE_WITH_NUMBER = 34;

  private final StepNumbers step;
  private final CellEquations cell;
  private final SvgDrawing drawing;
  private final int hidden;
  private final double square;
  private final double top;
  private final double block;
  private double x = MARGIN;

  private MatrixPicture(StepNumbers step, double width) {
    this.step = step;
    this.cell = new CellEquations(step.spec());
    this.hidden = step.hidden().length;
    int rows = step.spec().gates() * hidden;
    int columns = step.x().length + hidden + 8;
    int tallest = Math.max(rows, step.x().length);
    this.square = Math.min(LARGEST_SQUARE, (double) LONGEST_SIDE / Math.max(tallest, columns));
    this.block = square * hidden;
    this.top = MARGIN + LINE * cell.all().size() + 40;
    this.drawing = new SvgDrawing(width, top + MARGIN + Math.max(tallest * square, 40));
  }

  static String svg(StepNumbers step) {
    MatrixPicture measured = new MatrixPicture(step, 0);
    measured.draw();
    MatrixPicture picture = new MatrixPicture(step, measured.x + MARGIN);
    picture.draw();
    return picture.drawing.svg("The matrices of one step, drawn to size");
  }

  private void draw() {
    List<String> equations = cell.all();
    double longest = 0;
    for (int i = 0; i < equations.size(); i++) {
      drawing.leftText(MARGIN, MARGIN + (double) LINE * i, 14, SvgDrawing.INK, equations.get(i));
      longest = Math.max(longest, MARGIN + (double) LETTER * equations.get(i).length());
    }
    boolean gru = step.spec().cell() == CellKind.GRU;
    boolean vanilla = step.spec().cell() == CellKind.VANILLA;
    Biases biases = step.spec().biases();
    results(vanilla);
    matrix("W", step.weights().weightIh(), step.x().length);
    sign("·");
    vector("x", step.x(), 0);
    if (gru && biases != Biases.NONE) {
      sign("+");
      vector("b_i", step.weights().biasIh(), 0);
    }
    boolean after = gru && step.spec().reset() == ResetVariant.AFTER_PRODUCT;
    signs(gate -> after && cell.isScaled(gate) ? "+ r · (" : "+", after ? WIDE_GAP : GAP);
    matrix("U", step.weights().weightHh(), hidden);
    sign("·");
    vector("h′", step.previous(), 0);
    if (gru && !after) {
      // The reset gate's rows of n read r · h′ where the others read h′.
      x -= square;
      vector("r · h′", Equations.times(step.gates().get(0), step.previous()), 2 * block);
    }
    if (gru && biases == Biases.DOUBLE) {
      sign("+");
      vector("b_h", step.weights().biasHh(), 0);
    } else if (!gru && biases != Biases.NONE) {
      sign("+");
      vector("b", bothBiases(), 0);
    }
    signs(gate -> after && cell.isScaled(gate) ? "))" : ")", GAP);
    if (!vanilla) {
      states();
    }
    x = Math.max(x, longest);
  }

  /** The left side of the gates' equations; of the vanilla cell that is the new state itself. */
  private void results(boolean vanilla) {
    if (vanilla) {
      vector("h", step.hidden(), 0);
    } else {
      x += 2 * LETTER;
      double[] all = new double[step.spec().gates() * hidden];
      for (int gate = 0; gate < step.spec().gates(); gate++) {
        label(x - LETTER - 2, gate, cell.gates().get(gate));
        System.arraycopy(step.gates().get(gate), 0, all, gate * hidden, hidden);
      }
      vector("gates", all, 0);
    }
    signs(gate -> "= " + cell.activation(gate) + "(", WIDE_GAP);
  }

  /** What the equations below the gates' make of these. */
  private void states() {
    if (step.cell() != null) {
      vector("c′", step.previousCell(), 0);
      x += GAP / 2.0;
      vector("c", step.cell(), 0);
      x += GAP / 2.0;
    }
    vector("h", step.hidden(), 0);
  }

  private double[] bothBiases() {
    double[] all = new double[step.spec().gates() * hidden];
    for (int gate = 0; gate < step.spec().gates(); gate++) {
      System.arraycopy(step.bias(gate), 0, all, gate * hidden, hidden);
    }
    return all;
  }

  private void matrix(String name, double[] values, int columns) {
    tiles(name + " " + values.length / columns + "×" + columns, values, columns, 0);
    x += columns * square;
  }

  private void vector(String name, double[] values, double below) {
    tiles(name, values, 1, below);
    x += square;
  }

  private void tiles(String name, double[] values, int columns, double below) {
    double largest = 1e-9;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    double from = top + below;
    drawing.text(x + columns * square / 2, from - 14, 14, SvgDrawing.INK, name);
    for (int i = 0; i < values.length; i++) {
      int row = i / columns;
      double left = x + i % columns * square;
      double upper = from + row * square;
      drawing.tile(left, upper, square, color(values[i] / largest));
      if (square >= SQUARE_WITH_NUMBER) {
        drawing.text(
            left + square / 2,
            upper + square / 2,
            square / 4,
            SvgDrawing.INK,
            Numbers.one(values[i]).strip());
      }
    }
  }

  /** The same between all rows. */
  private void sign(String words) {
    signs(gate -> words, GAP);
  }

  /** What stands between two matrices in the equation of each gate. */
  private void signs(IntFunction<String> words, double room) {
    for (int gate = 0; gate < cell.gates().size(); gate++) {
      label(x + room / 2, gate, words.apply(gate));
    }
    x += room;
  }

  /** In the middle of a gate's rows, and no higher than they are. */
  private void label(double center, int gate, String words) {
    double size = Math.min(15, Math.max(4, block * 0.8));
    drawing.text(center, top + (gate + 0.5) * block, size, SvgDrawing.INK, words);
  }

  /** White at 0, blue at −1, orange at 1, never so dark that a number on it is lost. */
  private static String color(double share) {
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
