package org.recur4j.models.parity;

/**
 * A tensor that was downloaded to the heap.
 *
 * @param layer name of its layer
 * @param name name of the tensor within the layer
 * @param axes meaning of its elements
 * @param values elements, row-major
 */
record Quantity(String layer, String name, Axes axes, double... values) {
  boolean matches(Quantity other) {
    return layer.equals(other.layer)
        && name.equals(other.name)
        && values.length == other.values.length;
  }

  /** Returns the label, which is shared by all computations of the same tensor. */
  String label() {
    return layer + ", " + name;
  }

  @Override
  public String toString() {
    return label() + " of " + values.length + " numbers";
  }
}
