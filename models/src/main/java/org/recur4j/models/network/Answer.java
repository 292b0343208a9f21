package org.recur4j.models.network;

/** What the last layer's numbers are. */
public enum Answer {
  /** Logits of classes; predictions are their softmax. */
  CLASSES,
  /** Logits of labels that do not exclude each other; predictions are the sigmoid of each. */
  LABELS,
  /** Real numbers. */
  VALUES
}
