package org.recur4j.examples.explain;

import java.util.Locale;
import org.recur4j.api.recurrent.ResetVariant;

/** A cell's equations, each followed by its numbers. Gates in the stored order. */
final class Equations {
  private final StepNumbers step;
  private final CellEquations cell;
  private final StringBuilder text = new StringBuilder();

  private Equations(StepNumbers step) {
    this.step = step;
    this.cell = new CellEquations(step.spec());
  }

  static String text(StepNumbers step) {
    return new Equations(step).write();
  }

  private String write() {
    line("x", step.x());
    line("h′", step.previous());
    if (step.previousCell() != null) {
      line("c′", step.previousCell());
    }
    text.append('\n');
    for (int gate = 0; gate < cell.gates().size(); gate++) {
      text.append(cell.gate(gate)).append('\n');
      double[] sum = cell.isScaled(gate) ? scaled(gate) : plain(gate);
      line("  sum", sum);
      line("  " + cell.gates().get(gate), step.gates().get(gate));
      text.append('\n');
    }
    for (String state : cell.states()) {
      line(state, state.startsWith("c") ? step.cell() : step.hidden());
    }
    return text.toString();
  }

  private double[] plain(int gate) {
    double[] input = step.inputProduct(gate);
    double[] hidden = step.hiddenProduct(gate, step.previous());
    double[] bias = step.bias(gate);
    line("  " + cell.weight("W", gate) + " x", input);
    line("  " + cell.weight("U", gate) + " h′", hidden);
    if (!cell.biases(gate).isEmpty()) {
      line("  " + cell.biases(gate), bias);
    }
    return sum(sum(input, hidden), bias);
  }

  /** The GRU's n, whose recurrent part the reset gate scales before or after the product. */
  private double[] scaled(int gate) {
    double[] r = step.gates().get(0);
    double[] input = sum(step.inputProduct(gate), step.inputBias(gate));
    double[] hidden =
        step.spec().reset() == ResetVariant.AFTER_PRODUCT
            ? times(r, sum(step.hiddenProduct(gate, step.previous()), step.hiddenBias(gate)))
            : sum(step.hiddenProduct(gate, times(r, step.previous())), step.hiddenBias(gate));
    line("  " + cell.inputTerm(gate), input);
    line("  " + cell.hiddenTerm(gate), hidden);
    return sum(input, hidden);
  }

  private void line(String name, double[] values) {
    text.append(String.format(Locale.ROOT, "%-26s = %s%n", name, Numbers.list(values)));
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sums = new double[a.length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = a[i] + b[i];
    }
    return sums;
  }

  static double[] times(double[] a, double[] b) {
    double[] products = new double[a.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = a[i] * b[i];
    }
    return products;
  }
}
