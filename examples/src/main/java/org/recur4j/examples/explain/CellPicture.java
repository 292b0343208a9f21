package org.recur4j.examples.explain;

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
    SvgDrawing drawing = new SvgDrawing(600, 240);
    drawing.text(34, 120, 15, SvgDrawing.ORANGE, "h′").text(170, 212, 15, SvgDrawing.INK, "x");
    drawing.arrow(SvgDrawing.ORANGE, 52, 120, 104, 120);
    drawing.arrow(SvgDrawing.INK, 170, 200, 170, 136);
    gate(drawing, 170, 120, equations.sum(0), 132, SvgDrawing.BOX);
    drawing.arrow(SvgDrawing.INK, 236, 120, 290, 120);
    gate(drawing, 320, 120, phi, 60, SvgDrawing.ROUND);
    drawing.arrow(SvgDrawing.ORANGE, 350, 120, 540, 120);
    drawing.text(560, 120, 15, SvgDrawing.ORANGE, "h");
    caption(drawing, equations.gate(0));
    return drawing.svg("The vanilla (Elman) cell");
  }

  private static String lstm(String phi, String sigma) {
    SvgDrawing drawing = new SvgDrawing(600, 390);
    bus(drawing, 400);
    drawing.text(24, 90, 15, SvgDrawing.BLUE, "c′");
    drawing.arrow(SvgDrawing.BLUE, 40, 90, 108, 90).arrow(SvgDrawing.BLUE, 132, 90, 268, 90);
    squash(drawing, 120, "f  " + sigma);
    drawing.arrow(SvgDrawing.INK, 120, ABOVE_GATE, 120, 102);
    squash(drawing, 200, "i  " + sigma);
    drawing.arrow(SvgDrawing.INK, 200, ABOVE_GATE, 200, 150, 268, 150);
    gate(drawing, 280, GATES, "g  " + phi, 64, SvgDrawing.ROUND);
    drawing.arrow(SvgDrawing.INK, 280, BUS, 280, BELOW_GATE);
    drawing
        .arrow(SvgDrawing.INK, 280, ABOVE_GATE, 280, 162)
        .arrow(SvgDrawing.INK, 280, 138, 280, 102);
    squash(drawing, 400, "o  " + sigma);
    drawing.arrow(SvgDrawing.BLUE, 292, 90, 560, 90).text(578, 90, 15, SvgDrawing.BLUE, "c");
    drawing.arrow(SvgDrawing.BLUE, 470, 90, 470, 122);
    gate(drawing, 470, 138, phi, 54, SvgDrawing.ROUND);
    drawing.arrow(SvgDrawing.INK, 470, 154, 470, 182);
    drawing.arrow(SvgDrawing.INK, 400, ABOVE_GATE, 400, 194, 458, 194);
    drawing
        .arrow(SvgDrawing.ORANGE, 470, 206, 470, BUS, 560, BUS)
        .text(578, BUS, 15, SvgDrawing.ORANGE, "h");
    times(drawing, 120, 90);
    plus(drawing, 280, 90);
    times(drawing, 280, 150);
    times(drawing, 470, 194);
    caption(drawing, "c = f · c′ + i · g,  h = o · " + phi + "(c)");
    return drawing.svg("The LSTM cell");
  }

  private static String gru(CellEquations equations, String phi, String sigma) {
    boolean after = equations.spec().reset() == ResetVariant.AFTER_PRODUCT;
    SvgDrawing drawing = new SvgDrawing(600, 390);
    bus(drawing, 330);
    drawing.line(SvgDrawing.ORANGE, 60, BUS, 60, 90).arrow(SvgDrawing.ORANGE, 60, 90, 420, 90);
    squash(drawing, 130, "r  " + sigma);
    squash(drawing, 220, "z  " + sigma);
    drawing.arrow(SvgDrawing.INK, 130, ABOVE_GATE, 130, 150, 298, 150);
    drawing
        .arrow(SvgDrawing.ORANGE, 310, 90, 310, 138)
        .arrow(SvgDrawing.INK, 310, 162, 310, ABOVE_GATE);
    gate(drawing, 330, GATES, "n  " + phi, 64, SvgDrawing.ROUND);
    drawing.arrow(SvgDrawing.INK, 330, BUS, 330, BELOW_GATE);
    drawing.arrow(SvgDrawing.INK, 362, GATES, 434, GATES, 434, 106);
    drawing.arrow(SvgDrawing.BLUE, 220, ABOVE_GATE, 220, 184, 458, 184, 458, 106);
    drawing.arrow(SvgDrawing.ORANGE, 472, 90, 560, 90).text(578, 90, 15, SvgDrawing.ORANGE, "h");
    times(drawing, 310, 150);
    gate(drawing, 446, 90, "mix", 52, SvgDrawing.ROUND);
    drawing.leftText(328, 132, 10.5, SvgDrawing.QUIET, equations.hiddenTerm(2));
    caption(drawing, "h = (1 − z) · n + z · h′");
    return drawing.svg("The GRU cell, reset " + (after ? "after" : "before") + " the product");
  }

  /** h′ and x come in and reach every gate. */
  private static void bus(SvgDrawing drawing, double end) {
    drawing.text(24, BUS, 15, SvgDrawing.ORANGE, "h′");
    drawing.line(SvgDrawing.ORANGE, 40, BUS, 90, BUS).line(SvgDrawing.INK, 90, BUS, end, BUS);
    drawing.text(90, 350, 15, SvgDrawing.INK, "x").line(SvgDrawing.INK, 90, 338, 90, BUS);
  }

  private static void squash(SvgDrawing drawing, double x, String words) {
    gate(drawing, x, GATES, words, 52, SvgDrawing.BOX);
    drawing.arrow(SvgDrawing.INK, x, BUS, x, BELOW_GATE);
  }

  private static void gate(SvgDrawing d, double x, double y, String words, double w, String fill) {
    d.box(x - w / 2, y - GATE_HEIGHT / 2, w, GATE_HEIGHT, fill)
        .text(x, y, 14, SvgDrawing.INK, words);
  }

  private static void times(SvgDrawing drawing, double x, double y) {
    drawing.circle(x, y, 12, SvgDrawing.PAPER).text(x, y, 16, SvgDrawing.INK, "×");
  }

  private static void plus(SvgDrawing drawing, double x, double y) {
    drawing.circle(x, y, 12, SvgDrawing.PAPER).text(x, y, 16, SvgDrawing.INK, "+");
  }

  private static void caption(SvgDrawing drawing, String equation) {
    drawing.text(300, 34, 16, SvgDrawing.INK, equation);
  }
}
