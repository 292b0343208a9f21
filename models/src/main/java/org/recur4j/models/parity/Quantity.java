package org.recur4j.models.parity;

/**
 * One tensor, on the heap.
 *
 * @param layer whose it is
 * @param name which of the layer's
 * @param axes what its elements mean
 * @param values row-major
 */
record Quantity(String layer, String name, Axes axes, double... values) {
  boolean matches(Quantity other) {
    return layer.equals(other.layer)
        && name.equals(other.name)
        && values.length == other.values.length;
  }

  /** The same for what is computed several times. */
  String label() {
    return layer + ", " + name;
  }

  @Override
  public String toString() {
    return label() + " of " + values.length + " numbers";
  }
}
