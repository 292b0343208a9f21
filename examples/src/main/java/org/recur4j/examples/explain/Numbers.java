package org.recur4j.examples.explain;

import java.util.Locale;
import org.recur4j.api.kernel.Activation;

/** Vectors as people read them. */
final class Numbers {
  private static final int MOST = 8;

  private Numbers() {}

  /** "[ 0.12 −0.50 … ] (64)": at most eight, then how many there are. */
  static String list(double[] values) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < Math.min(MOST, values.length); i++) {
      text.append(' ').append(one(values[i]));
    }
    text.append(values.length > MOST ? " … ] (" + values.length + " numbers)" : " ]");
    return text.toString();
  }

  /** Three decimals, all of one width; no minus before a zero. */
  static String one(double value) {
    boolean nothing = Math.abs(value) < 0.0005;
    return String.format(Locale.ROOT, "%7.3f", nothing ? 0 : value).replace('-', '−');
  }

  /** What stands for an activation in an equation. */
  static String name(Activation activation) {
    return activation.equals(Activation.SIGMOID)
        ? "σ"
        : activation.toString().toLowerCase(Locale.ROOT);
  }
}
