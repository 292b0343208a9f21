package org.recur4j.models.data;

/** What a network with an answer for each step puts out at a step that its mask leaves out. */
public enum MaskedOutput {
  /** Zeros. */
  ZERO,
  /** The answer of the row's last real step before; zeros where there was none. */
  REPEAT
}
