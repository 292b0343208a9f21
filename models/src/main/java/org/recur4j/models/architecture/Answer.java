package org.recur4j.models.architecture;

import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Tensor;

/** What the last layer's numbers are. */
public enum Answer {
  /** Logits of classes; predictions are their softmax. */
  CLASSES,
  /** Logits of labels that do not exclude each other; predictions are the sigmoid of each. */
  LABELS,
  /** Real numbers. */
  VALUES;

  /**
   * Returns the predictions of the last layer's output: probabilities, or the values themselves.
   *
   * @param ops the mathematics
   * @param out logits or values, {@code [..., C]}
   * @return of the same shape
   */
  public Tensor predictions(Ops ops, Tensor out) {
    return switch (this) {
      case CLASSES -> ops.softmax(out, null);
      case LABELS -> ops.sigmoid(out);
      case VALUES -> out;
    };
  }
}
