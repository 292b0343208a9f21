package org.recur4j.models.network;

/** What the last layer's numbers are. */
public enum Answer {
  /** Logits of classes; predictions are their softmax. */
  CLASSES,
  /** Real numbers. */
  VALUES
}
