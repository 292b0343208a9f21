package org.recur4j.examples.flow;

import java.util.Locale;
import org.recur4j.examples.task.CellChoice;
import org.recur4j.models.initialization.RecurrentInitialization;

/**
 * What vanilla cells begin with unless a remedy says otherwise. Gated cells always begin as this
 * library begins them: orthogonal, an LSTM's forget gate with bias 1.
 */
public enum FlowStart {
  /** Uniform within ±1/√H, what PyTorch does: a spectral radius of about 0.58. */
  UNIFORM,
  /** Orthogonal: what this library does. */
  ORTHOGONAL;

  RecurrentInitialization rule(CellChoice cell) {
    return this == UNIFORM && cell == CellChoice.VANILLA
        ? RecurrentInitialization.pytorch()
        : RecurrentInitialization.orthogonal(1);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
