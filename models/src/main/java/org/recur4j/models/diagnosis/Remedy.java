package org.recur4j.models.diagnosis;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.recurrent.CellKind;

/** A remedy against vanishing or exploding gradients. */
public enum Remedy {
  /** Orthogonal recurrent weights, which preserve lengths. */
  ORTHOGONAL(
      "orthogonal",
      "orthogonal recurrent weights, which preserve lengths (Saxe, McClelland, Ganguli" + " 2013)"),
  /** Identity recurrent weights, which preserve the state. */
  IDENTITY(
      "identity",
      "identity recurrent weights with ReLU (IRNN), which preserve the state until an input changes it"
          + " (Le, Jaitly, Hinton 2015)"),
  /** Gradient clipping by norm. */
  CLIPPING(
      "clip",
      "gradient clipping by norm, which bounds the change of the weights (Pascanu,"
          + " Mikolov, Bengio 2013, section 3.2)"),
  /** A gated cell, whose state is updated by addition. */
  GATED_CELL(
      "gru",
      "a gated cell, whose state is updated by addition, so that a gradient neither grows nor"
          + " shrinks (Hochreiter, Schmidhuber 1997; Cho et al. 2014)"),
  /** Truncated backpropagation through time. */
  TRUNCATED_BACKPROPAGATION(
      "tbptt",
      "truncated backpropagation, which limits the steps over which a gradient can explode, but"
          + " also the dependencies that can be learned (Williams, Peng 1990)"),
  /** Layer normalization inside the cell. */
  LAYER_NORMALIZATION(
      "layer-norm",
      "layer normalization inside the cell, which keeps the scale of the sums (Ba, Kiros, Hinton"
          + " 2016)");

  private final String word;
  private final String description;

  Remedy(String word, String description) {
    this.word = word;
    this.description = description;
  }

  /**
   * Returns the name used on the command line.
   *
   * @return lowercase letters and hyphens
   */
  public String word() {
    return word;
  }

  /**
   * Returns a description with its source.
   *
   * @return human-readable text
   */
  public String description() {
    return description;
  }

  /**
   * Returns the remedies for a verdict; a gated cell is suggested only if the cell is not gated.
   */
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
