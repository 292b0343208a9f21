package org.recur4j.api.tensor;

import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;

/**
 * A dense row-major array of numbers in a backend's memory. A tensor is a window (offset and shape)
 * on storage that its {@link Scope} owns; views share the storage and its version, and copy
 * nothing. The contents of a new tensor are undefined.
 */
public final class Tensor {
  private final Lease lease;
  private final int offset;
  private final Shape shape;

  Tensor(Lease lease, int offset, Shape shape) {
    this.lease = lease;
    this.offset = offset;
    this.shape = shape;
  }

  /**
   * Returns the shape.
   *
   * @return the extents, outermost axis first
   */
  public Shape shape() {
    return shape;
  }

  /**
   * Returns the extent of one axis.
   *
   * @param axis the axis; a negative one counts from the last
   * @return the extent, at least 1
   */
  public int extent(int axis) {
    return shape.extent(axis);
  }

  /**
   * Returns the number of elements.
   *
   * @return the product of the extents
   */
  public int size() {
    return shape.size();
  }

  /**
   * Returns the element type.
   *
   * @return the data type
   */
  public DataType dataType() {
    return lease.storage.dataType();
  }

  /**
   * Returns the offset of the window.
   *
   * @return the number of elements from the start of the storage
   */
  public int offset() {
    return offset;
  }

  /**
   * Returns the storage, for use by the backend that allocated it.
   *
   * @param kind the backend's storage class
   * @param <S> the storage class
   * @return the storage behind this window
   * @throws ClosedException if the owning scope was closed or reset
   * @throws InvalidArgumentException if the tensor belongs to another backend, or the backend has a
   *     different storage class for its data type
   */
  public <S extends Storage> S storage(Class<S> kind) {
    if (!lease.open) {
      throw new ClosedException(
          "use of tensor " + this,
          "a tensor whose scope '" + lease.owner + "' was closed or reset",
          "a tensor of an open scope",
          "Keep the scope open for as long as its tensors are used, or hand the tensor on with keep()");
    }
    if (!kind.isInstance(lease.storage)) {
      throw new InvalidArgumentException(
          "use of tensor " + this,
          "storage of class " + lease.storage.getClass().getSimpleName() + ", of " + dataType(),
          "storage of class " + kind.getSimpleName(),
          "Give a tensor of the data type that the operation takes; if another backend made this"
              + " one, download it there and upload it here");
    }
    return kind.cast(lease.storage);
  }

  /**
   * Returns whether the owning scope still holds the tensor.
   *
   * @return false after the scope was closed or reset
   */
  public boolean isOpen() {
    return lease.open;
  }

  /**
   * Returns a count of the writes to the storage by uploads, {@code fill}, {@code copy} and
   * optimizer kernels. Plans compare it with the version they packed.
   *
   * @return a number that never decreases
   */
  public long version() {
    return lease.version;
  }

  /** Counts one write; backends call it for the writes that {@link #version} counts. */
  public void markWritten() {
    lease.version++;
  }

  /**
   * Returns a view of the same elements with another shape.
   *
   * @param other a shape with the same number of elements
   * @return a view
   * @throws ShapeException if the sizes differ
   */
  public Tensor reshape(Shape other) {
    if (other.size() != shape.size()) {
      throw new ShapeException(
          "reshape",
          shape + " to " + other,
          "shapes with the same number of elements",
          "Check the extents");
    }
    return other.equals(shape) ? this : new Tensor(lease, offset, other);
  }

  /**
   * Returns a window of this tensor that begins at a given element.
   *
   * @param start the first element, counted from this tensor's beginning
   * @param other the window's shape
   * @return a view
   * @throws ShapeException if the window does not lie inside this tensor
   */
  public Tensor view(int start, Shape other) {
    if (start < 0 || (long) start + other.size() > shape.size()) {
      throw new ShapeException(
          "view",
          "elements [" + start + ", " + ((long) start + other.size()) + ") of " + shape,
          "a window inside [0, " + shape.size() + ")",
          "Check start and shape");
    }
    return new Tensor(lease, offset + start, other);
  }

  /**
   * Returns a range of rows of the outermost axis.
   *
   * @param from the first row
   * @param to one past the last row
   * @return a view of shape {@code [to − from, …]}
   * @throws ShapeException if the range is empty or outside
   */
  public Tensor rows(int from, int to) {
    if (from < 0 || to <= from || to > shape.extent(0)) {
      throw new ShapeException(
          "rows",
          "[" + from + ", " + to + ") of " + shape,
          "a non-empty range inside [0, " + shape.extent(0) + ")",
          "Check the range");
    }
    return new Tensor(lease, offset + from * shape.inner(0), shape.with(0, to - from));
  }

  /**
   * Returns one entry of the outermost axis, without that axis.
   *
   * @param index the index of the entry
   * @return a view of rank one less
   * @throws ShapeException if there is no such entry
   */
  public Tensor row(int index) {
    return rows(index, index + 1).reshape(shape.without(0));
  }

  /**
   * Returns whether two tensors are windows on the same storage.
   *
   * @param other another tensor
   * @return true if writing one may change the other
   */
  public boolean sharesStorageWith(Tensor other) {
    return lease == other.lease;
  }

  Lease lease() {
    return lease;
  }

  @Override
  public String toString() {
    return dataType() + " " + shape + " of scope '" + lease.owner + "'";
  }
}
