package org.recur4j.models.network;

/** How inputs and outputs correspond. */
public enum Topology {
  /** One vector (or index) in, one out: sequences of exactly one step. */
  ONE_TO_ONE,
  /** A sequence in, one answer out, from the state after its last step. */
  MANY_TO_ONE,
  /** A sequence in, an answer for each of its steps. */
  MANY_TO_MANY
}
