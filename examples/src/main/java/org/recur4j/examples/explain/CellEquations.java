package org.recur4j.examples.explain;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;

/** What a cell computes, as text and pictures write it: one equation a gate, then the states. */
record CellEquations(RecurrentSpec spec) {
  /** The gates' names in the stored order; the vanilla cell's one is h itself. */
  List<String> gates() {
    return switch (spec.cell()) {
      case VANILLA -> List.of("h");
      case LSTM -> List.of("i", "f", "g", "o");
      case GRU -> List.of("r", "z", "n");
    };
  }

  /** φ of the vanilla cell and of the candidates g and n, σ of the gates proper. */
  String activation(int gate) {
    boolean squashed = List.of("i", "f", "o", "r", "z").contains(gates().get(gate));
    return Numbers.name(squashed ? spec.gateActivation() : spec.activation());
  }

  String gate(int gate) {
    return gates().get(gate) + " = " + activation(gate) + "(" + sum(gate) + ")";
  }

  /** What a gate's activation is applied to. */
  String sum(int gate) {
    String recurrent = weight("U", gate) + " h′";
    if (isScaled(gate)) {
      return joined(inputTerm(gate), hiddenTerm(gate));
    }
    return spec.cell() == CellKind.GRU
        ? joined(inputTerm(gate), recurrent, bias("h", gate))
        : joined(weight("W", gate) + " x", recurrent, biases(gate));
  }

  /** Whether the reset gate scales the recurrent part: the GRU's n. */
  boolean isScaled(int gate) {
    return spec.cell() == CellKind.GRU && gate == 2;
  }

  /** W x with the bias of its own. */
  String inputTerm(int gate) {
    return joined(weight("W", gate) + " x", bias("i", gate));
  }

  /** What the reset gate scales, before or after the product, with the bias of its own. */
  String hiddenTerm(int gate) {
    if (spec.reset() == ResetVariant.BEFORE_PRODUCT) {
      return joined(weight("U", gate) + " (r · h′)", bias("h", gate));
    }
    return "r · (" + joined(weight("U", gate) + " h′", bias("h", gate)) + ")";
  }

  /** Both biases of a gate that is not scaled; empty where there is none. */
  String biases(int gate) {
    if (spec.cell() == CellKind.GRU) {
      return joined(bias("i", gate), bias("h", gate));
    }
    return spec.biases() == Biases.NONE ? "" : weight("b", gate);
  }

  /** A gate's rows of a matrix. */
  String weight(String matrix, int gate) {
    return spec.cell() == CellKind.VANILLA ? matrix : matrix + "_" + gates().get(gate);
  }

  private String bias(String part, int gate) {
    boolean there =
        spec.biases() == Biases.DOUBLE || (spec.biases() == Biases.SINGLE && "i".equals(part));
    return there ? "b_" + part + gates().get(gate) : "";
  }

  /** How the new states come from the gates. */
  List<String> states() {
    return switch (spec.cell()) {
      case VANILLA -> List.of();
      case LSTM ->
          List.of("c = f · c′ + i · g", "h = o · " + Numbers.name(spec.activation()) + "(c)");
      case GRU -> List.of("h = (1 − z) · n + z · h′");
    };
  }

  List<String> all() {
    List<String> all = new ArrayList<>();
    for (int gate = 0; gate < gates().size(); gate++) {
      all.add(gate(gate));
    }
    all.addAll(states());
    return all;
  }

  private static String joined(String... terms) {
    StringBuilder sum = new StringBuilder();
    for (String term : terms) {
      sum.append(sum.isEmpty() || term.isEmpty() ? "" : " + ").append(term);
    }
    return sum.toString();
  }
}
