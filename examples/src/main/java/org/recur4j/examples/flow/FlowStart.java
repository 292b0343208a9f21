package org.recur4j.examples.flow;

import java.util.Locale;
import org.recur4j.models.initialisation.RecurrentInitialisation;

/** What recurrent weights begin with unless a remedy says otherwise. */
public enum FlowStart {
  /** Uniform within ±1/√H, what PyTorch does: a spectral radius of about 0.58. */
  UNIFORM,
  /** Orthogonal, an LSTM's forget bias 1: what this library does. */
  ORTHOGONAL;

  RecurrentInitialisation rule() {
    return this == UNIFORM
        ? RecurrentInitialisation.pytorch()
        : RecurrentInitialisation.orthogonal(1);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
