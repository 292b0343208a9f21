package org.recur4j.api.tensor;

import java.util.Arrays;
import org.recur4j.api.error.ShapeException;

/**
 * The extents of a tensor, outermost first. Immutable. Every extent is at least 1 and the number of
 * elements fits an {@code int}; rank 0 is a scalar with one element.
 */
public final class Shape {
  private final int[] extents;
  private final int size;

  private Shape(int[] extents) {
    long product = 1;
    for (int extent : extents) {
      if (extent < 1) {
        throw new ShapeException(
            "Shape",
            Arrays.toString(extents),
            "every extent to be at least 1",
            "Drop the empty axis or skip the call for empty data");
      }
      product = Math.multiplyExact(product, (long) extent);
      if (product > Integer.MAX_VALUE) {
        throw new ShapeException(
            "Shape",
            Arrays.toString(extents),
            "at most " + Integer.MAX_VALUE + " elements",
            "Split the batch or the sequence");
      }
    }
    this.extents = extents;
    this.size = (int) product;
  }

  /**
   * Returns a shape of the given extents.
   *
   * @param extents the extents, outermost first; none for a scalar
   * @return the shape
   * @throws ShapeException if an extent is below 1 or the element count overflows an int
   */
  public static Shape of(int... extents) {
    return new Shape(extents.clone());
  }

  /**
   * Returns the number of axes.
   *
   * @return 0 for a scalar
   */
  public int rank() {
    return extents.length;
  }

  /**
   * Returns the extent of one axis.
   *
   * @param axis the axis: 0 is the outermost; a negative one counts from the innermost, which is −1
   * @return the extent, at least 1
   * @throws ShapeException if there is no such axis
   */
  public int extent(int axis) {
    return extents[axis(axis)];
  }

  /**
   * Returns the index of a possibly negative axis.
   *
   * @param axis −rank … rank − 1
   * @return 0 … rank − 1
   * @throws ShapeException if there is no such axis
   */
  public int axis(int axis) {
    int resolved = axis < 0 ? axis + extents.length : axis;
    if (resolved < 0 || resolved >= extents.length) {
      throw new ShapeException(
          "axis",
          axis + " of shape " + this,
          "an axis in [" + -extents.length + ", " + (extents.length - 1) + "]",
          "Name an axis that the tensor has");
    }
    return resolved;
  }

  /**
   * Returns the number of elements.
   *
   * @return the product of all extents
   */
  public int size() {
    return size;
  }

  /**
   * Returns the number of elements in the axes before one.
   *
   * @param axis the axis; may be negative, as in {@link #extent}
   * @return the product of the extents outside {@code axis}
   */
  public int outer(int axis) {
    int product = 1;
    for (int i = 0, end = axis(axis); i < end; i++) {
      product *= extents[i];
    }
    return product;
  }

  /**
   * Returns the number of elements in the axes after one.
   *
   * @param axis the axis; may be negative, as in {@link #extent}
   * @return the product of the extents inside {@code axis}
   */
  public int inner(int axis) {
    int product = 1;
    for (int i = axis(axis) + 1; i < extents.length; i++) {
      product *= extents[i];
    }
    return product;
  }

  /**
   * Returns this shape with one extent replaced.
   *
   * @param axis the axis; may be negative
   * @param extent the new extent, at least 1
   * @return the new shape
   */
  public Shape with(int axis, int extent) {
    int[] changed = extents.clone();
    changed[axis(axis)] = extent;
    return new Shape(changed);
  }

  /**
   * Returns this shape without one axis.
   *
   * @param axis the axis; may be negative
   * @return a shape of rank one less
   */
  public Shape without(int axis) {
    int resolved = axis(axis);
    int[] changed = new int[extents.length - 1];
    System.arraycopy(extents, 0, changed, 0, resolved);
    System.arraycopy(extents, resolved + 1, changed, resolved, changed.length - resolved);
    return new Shape(changed);
  }

  /**
   * Returns the shape that two operands broadcast to by NumPy's rule: aligned at the innermost
   * axis, with extents that are equal or 1.
   *
   * @param a the first operand's shape
   * @param b the second operand's shape
   * @return the common shape
   * @throws ShapeException if they do not broadcast
   */
  public static Shape broadcast(Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int rank = Math.max(a.rank(), b.rank());
    int[] extents = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int left = i <= a.rank() ? a.extents[a.rank() - i] : 1;
      int right = i <= b.rank() ? b.extents[b.rank() - i] : 1;
      if (left != right && left != 1 && right != 1) {
        throw new ShapeException(
            "broadcast",
            a + " and " + b,
            "extents that are equal or 1, aligned at the last axis",
            "Reshape one operand");
      }
      extents[rank - i] = Math.max(left, right);
    }
    return new Shape(extents);
  }

  /**
   * Returns the extents as a new array.
   *
   * @return the extents, outermost first
   */
  public int[] toArray() {
    return extents.clone();
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Shape shape && Arrays.equals(extents, shape.extents));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(extents);
  }

  @Override
  public String toString() {
    return Arrays.toString(extents);
  }
}
