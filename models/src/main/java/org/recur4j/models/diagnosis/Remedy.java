package org.recur4j.models.diagnosis;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.recurrent.CellKind;

/** What is done about gradients that vanish or explode. */
public enum Remedy {
  /** Recurrent weights that keep every length. */
  ORTHOGONAL(
      "orthogonal",
      "orthogonal recurrent weights: a product with them scales nothing (Saxe, McClelland, Ganguli"
          + " 2013)"),
  /** Recurrent weights that copy the state. */
  IDENTITY(
      "identity",
      "identity recurrent weights with ReLU, the IRNN: the state is kept until something changes it"
          + " (Le, Jaitly, Hinton 2015)"),
  /** Gradients cut to a norm. */
  CLIPPING(
      "clip",
      "gradients clipped to a norm: an explosion moves the weights by a bounded step (Pascanu,"
          + " Mikolov, Bengio 2013, section 3.2)"),
  /** A cell that adds instead of multiplying. */
  GATED_CELL(
      "gru",
      "a gated cell: its state is carried on by addition, along which a gradient neither grows nor"
          + " shrinks (Hochreiter, Schmidhuber 1997; Cho et al. 2014)"),
  /** Gradients that stop after some steps. */
  TRUNCATED_BACKPROPAGATION(
      "tbptt",
      "truncated backpropagation: a gradient has only so many steps to explode in, and nothing"
          + " older is learned (Williams, Peng 1990)"),
  /** Sums brought to one scale inside the cell. */
  LAYER_NORMALIZATION(
      "layer-norm",
      "layer normalization inside the cell: sums keep one scale at every step (Ba, Kiros, Hinton"
          + " 2016)");

  private final String word;
  private final String description;

  Remedy(String word, String description) {
    this.word = word;
    this.description = description;
  }

  /**
   * Its word on the command line.
   *
   * @return lower case letters and hyphens
   */
  public String word() {
    return word;
  }

  /**
   * What it does and who proposed it.
   *
   * @return for a person
   */
  public String description() {
    return description;
  }

  /** What can help; a gated cell is no remedy for a gated cell. */
  static List<Remedy> against(Diagnosis.Kind kind, CellKind cell) {
    List<Remedy> remedies = new ArrayList<>();
    if (kind == Diagnosis.Kind.EXPLODING) {
      remedies.add(CLIPPING);
      remedies.add(TRUNCATED_BACKPROPAGATION);
    }
    if (kind != Diagnosis.Kind.HEALTHY) {
      remedies.add(ORTHOGONAL);
      if (cell == null || cell == CellKind.VANILLA) {
        remedies.add(IDENTITY);
        remedies.add(GATED_CELL);
      }
      remedies.add(LAYER_NORMALIZATION);
    }
    return List.copyOf(remedies);
  }

  @Override
  public String toString() {
    return word;
  }
}
