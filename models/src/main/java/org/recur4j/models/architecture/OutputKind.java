package org.recur4j.models.architecture;

import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Tensor;

/** The kind of output of a network. */
public enum OutputKind {
  /** Logits of mutually exclusive classes; predictions are their softmax. */
  CLASSES,
  /** Logits of independent labels; predictions are the sigmoid of each. */
  LABELS,
  /** Real numbers. */
  VALUES;

  /**
   * Returns the predictions for the last layer's output: probabilities, or the values themselves.
   *
   * @param ops operations to compute with
   * @param out logits or values, {@code [..., C]}
   * @return predictions of the same shape
   */
  public Tensor predictions(Ops ops, Tensor out) {
    return switch (this) {
      case CLASSES -> ops.softmax(out, null);
      case LABELS -> ops.sigmoid(out);
      case VALUES -> out;
    };
  }
}
