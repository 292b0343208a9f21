package org.recur4j.models.data;

/** The output at masked steps of a network with an output for each step. */
public enum MaskedOutput {
  /** Zeros. */
  ZERO,
  /** The output of the row's previous real step, or zeros if there is none. */
  REPEAT
}
