package org.recur4j.models.explain;

import java.util.List;
import java.util.Locale;
import org.recur4j.api.recurrent.ResetVariant;

/** A cell's equations, each followed by its numbers. Gates in the stored order. */
final class Equations {
  private final StepNumbers step;
  private final StringBuilder text = new StringBuilder();

  private Equations(StepNumbers step) {
    this.step = step;
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
    String phi = Numbers.name(step.spec().activation());
    String sigma = Numbers.name(step.spec().gateActivation());
    switch (step.spec().cell()) {
      case VANILLA -> gate(0, "h", "", phi);
      case LSTM -> {
        for (String name : List.of("i", "f", "g", "o")) {
          gate("ifgo".indexOf(name), name, "_" + name, "g".equals(name) ? phi : sigma);
        }
        line("c = f · c′ + i · g", step.cell());
        line("h = o · " + phi + "(c)", step.hidden());
      }
      case GRU -> {
        gate(0, "r", "_r", sigma);
        gate(1, "z", "_z", sigma);
        candidate(phi);
        line("h = (1 − z) · n + z · h′", step.hidden());
      }
    }
    return text.toString();
  }

  private void gate(int index, String name, String suffix, String activation) {
    double[] input = step.inputProduct(index);
    double[] hidden = step.hiddenProduct(index, step.previous());
    double[] bias = sum(bias(true, index), bias(false, index));
    text.append(
        name + " = " + activation + "(W" + suffix + " x + U" + suffix + " h′ + b" + suffix + ")\n");
    line("  W" + suffix + " x", input);
    line("  U" + suffix + " h′", hidden);
    line("  b" + suffix, bias);
    line("  sum", sum(sum(input, hidden), bias));
    line("  " + name, step.gates().get(index));
    text.append('\n');
  }

  /** The GRU's n, whose recurrent part the reset gate scales before or after the product. */
  private void candidate(String phi) {
    boolean after = step.spec().reset() == ResetVariant.AFTER_PRODUCT;
    double[] r = step.gates().get(0);
    double[] input = sum(step.inputProduct(2), bias(true, 2));
    double[] hidden =
        after
            ? times(r, sum(step.hiddenProduct(2, step.previous()), bias(false, 2)))
            : sum(step.hiddenProduct(2, times(r, step.previous())), bias(false, 2));
    String recurrent = after ? "r · (U_n h′ + b_hn)" : "U_n (r · h′) + b_hn";
    text.append("n = " + phi + "(W_n x + b_in + " + recurrent + ")\n");
    line("  W_n x + b_in", input);
    line("  " + recurrent, hidden);
    line("  sum", sum(input, hidden));
    line("  n", step.gates().get(2));
    text.append('\n');
  }

  private double[] bias(boolean ofInput, int gate) {
    return step.bias(ofInput ? step.weights().biasIh() : step.weights().biasHh(), gate);
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

  private static double[] times(double[] a, double[] b) {
    double[] products = new double[a.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = a[i] * b[i];
    }
    return products;
  }
}
