package org.recur4j.models.explain;

import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;

/** What is inside a cell: where x, h′ and c′ go, and what they meet on the way. */
final class CellPicture {
  private static final double BUS = 300;
  private static final double GATES = 230;
  private static final double GATE_HEIGHT = 32;
  private static final double ABOVE_GATE = GATES - GATE_HEIGHT / 2;
  private static final double BELOW_GATE = GATES + GATE_HEIGHT / 2;

  private CellPicture() {}

  static String svg(RecurrentSpec spec) {
    String phi = Numbers.name(spec.activation());
    String sigma = Numbers.name(spec.gateActivation());
    return switch (spec.cell()) {
      case VANILLA -> vanilla(new CellEquations(spec), phi);
      case LSTM -> lstm(phi, sigma);
      case GRU -> gru(new CellEquations(spec), phi, sigma);
    };
  }

  private static String vanilla(CellEquations equations, String phi) {
    Drawing drawing = new Drawing(600, 240);
    drawing.text(34, 120, 15, Drawing.ORANGE, "h′").text(170, 212, 15, Drawing.INK, "x");
    drawing.arrow(Drawing.ORANGE, 52, 120, 104, 120);
    drawing.arrow(Drawing.INK, 170, 200, 170, 136);
    gate(drawing, 170, 120, equations.sum(0), 132, Drawing.BOX);
    drawing.arrow(Drawing.INK, 236, 120, 290, 120);
    gate(drawing, 320, 120, phi, 60, Drawing.ROUND);
    drawing.arrow(Drawing.ORANGE, 350, 120, 540, 120);
    drawing.text(560, 120, 15, Drawing.ORANGE, "h");
    caption(drawing, equations.gate(0));
    return drawing.svg("The vanilla (Elman) cell");
  }

  private static String lstm(String phi, String sigma) {
    Drawing drawing = new Drawing(600, 390);
    bus(drawing, 400);
    drawing.text(24, 90, 15, Drawing.BLUE, "c′");
    drawing.arrow(Drawing.BLUE, 40, 90, 108, 90).arrow(Drawing.BLUE, 132, 90, 268, 90);
    squash(drawing, 120, "f  " + sigma);
    drawing.arrow(Drawing.INK, 120, ABOVE_GATE, 120, 102);
    squash(drawing, 200, "i  " + sigma);
    drawing.arrow(Drawing.INK, 200, ABOVE_GATE, 200, 150, 268, 150);
    gate(drawing, 280, GATES, "g  " + phi, 64, Drawing.ROUND);
    drawing.arrow(Drawing.INK, 280, BUS, 280, BELOW_GATE);
    drawing.arrow(Drawing.INK, 280, ABOVE_GATE, 280, 162).arrow(Drawing.INK, 280, 138, 280, 102);
    squash(drawing, 400, "o  " + sigma);
    drawing.arrow(Drawing.BLUE, 292, 90, 560, 90).text(578, 90, 15, Drawing.BLUE, "c");
    drawing.arrow(Drawing.BLUE, 470, 90, 470, 122);
    gate(drawing, 470, 138, phi, 54, Drawing.ROUND);
    drawing.arrow(Drawing.INK, 470, 154, 470, 182);
    drawing.arrow(Drawing.INK, 400, ABOVE_GATE, 400, 194, 458, 194);
    drawing
        .arrow(Drawing.ORANGE, 470, 206, 470, BUS, 560, BUS)
        .text(578, BUS, 15, Drawing.ORANGE, "h");
    times(drawing, 120, 90);
    plus(drawing, 280, 90);
    times(drawing, 280, 150);
    times(drawing, 470, 194);
    caption(drawing, "c = f · c′ + i · g,  h = o · " + phi + "(c)");
    return drawing.svg("The LSTM cell");
  }

  private static String gru(CellEquations equations, String phi, String sigma) {
    boolean after = equations.spec().reset() == ResetVariant.AFTER_PRODUCT;
    Drawing drawing = new Drawing(600, 390);
    bus(drawing, 330);
    drawing.line(Drawing.ORANGE, 60, BUS, 60, 90).arrow(Drawing.ORANGE, 60, 90, 420, 90);
    squash(drawing, 130, "r  " + sigma);
    squash(drawing, 220, "z  " + sigma);
    drawing.arrow(Drawing.INK, 130, ABOVE_GATE, 130, 150, 298, 150);
    drawing.arrow(Drawing.ORANGE, 310, 90, 310, 138).arrow(Drawing.INK, 310, 162, 310, ABOVE_GATE);
    gate(drawing, 330, GATES, "n  " + phi, 64, Drawing.ROUND);
    drawing.arrow(Drawing.INK, 330, BUS, 330, BELOW_GATE);
    drawing.arrow(Drawing.INK, 362, GATES, 434, GATES, 434, 106);
    drawing.arrow(Drawing.BLUE, 220, ABOVE_GATE, 220, 184, 458, 184, 458, 106);
    drawing.arrow(Drawing.ORANGE, 472, 90, 560, 90).text(578, 90, 15, Drawing.ORANGE, "h");
    times(drawing, 310, 150);
    gate(drawing, 446, 90, "mix", 52, Drawing.ROUND);
    drawing.leftText(328, 132, 10.5, Drawing.QUIET, equations.hiddenTerm(2));
    caption(drawing, "h = (1 − z) · n + z · h′");
    return drawing.svg("The GRU cell, reset " + (after ? "after" : "before") + " the product");
  }

  /** h′ and x come in and reach every gate. */
  private static void bus(Drawing drawing, double end) {
    drawing.text(24, BUS, 15, Drawing.ORANGE, "h′");
    drawing.line(Drawing.ORANGE, 40, BUS, 90, BUS).line(Drawing.INK, 90, BUS, end, BUS);
    drawing.text(90, 350, 15, Drawing.INK, "x").line(Drawing.INK, 90, 338, 90, BUS);
  }

  private static void squash(Drawing drawing, double x, String words) {
    gate(drawing, x, GATES, words, 52, Drawing.BOX);
    drawing.arrow(Drawing.INK, x, BUS, x, BELOW_GATE);
  }

  private static void gate(Drawing d, double x, double y, String words, double w, String fill) {
    d.box(x - w / 2, y - GATE_HEIGHT / 2, w, GATE_HEIGHT, fill).text(x, y, 14, Drawing.INK, words);
  }

  private static void times(Drawing drawing, double x, double y) {
    drawing.circle(x, y, 12, Drawing.PAPER).text(x, y, 16, Drawing.INK, "×");
  }

  private static void plus(Drawing drawing, double x, double y) {
    drawing.circle(x, y, 12, Drawing.PAPER).text(x, y, 16, Drawing.INK, "+");
  }

  private static void caption(Drawing drawing, String equation) {
    drawing.text(300, 34, 16, Drawing.INK, equation);
  }
}
