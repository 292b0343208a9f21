package org.recur4j.api.portable;

import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * Three views of one buffer.
 *
 * @param whole {@code [T, B, F]}
 * @param flat {@code [T·B, F]}, for sequence-wide products
 * @param steps T views {@code [B, F]}
 */
record Series(Tensor whole, Tensor flat, Tensor[] steps) {
  /** Returns views of T·B·F elements beginning at {@code start}; null for a null buffer. */
  static Series of(Tensor buffer, int start, int steps, int batch, int features) {
    if (buffer == null) {
      return null;
    }
    Tensor[] each = new Tensor[steps];
    Shape step = Shape.of(batch, features);
    for (int t = 0; t < steps; t++) {
      each[t] = buffer.view(start + t * step.size(), step);
    }
    return new Series(
        buffer.view(start, Shape.of(steps, batch, features)),
        buffer.view(start, Shape.of(steps * batch, features)),
        each);
  }

  static Series of(Tensor buffer, int steps, int batch, int features) {
    return of(buffer, 0, steps, batch, features);
  }
}
