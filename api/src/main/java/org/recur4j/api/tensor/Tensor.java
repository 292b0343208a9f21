package org.recur4j.api.tensor;

import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;

/**
 * A dense row-major array of numbers in a backend's memory. A tensor is a window (offset and shape)
 * on storage that its {@link Scope} owns; views share the storage and its version and cost no copy.
 * Contents of a fresh tensor are undefined.
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
   * Extents.
   *
   * @return the shape, outermost axis first
   */
  public Shape shape() {
    return shape;
  }

  /**
   * Extent of one axis.
   *
   * @param axis negative counts from the last
   * @return at least 1
   */
  public int extent(int axis) {
    return shape.extent(axis);
  }

  /**
   * Number of elements.
   *
   * @return product of the extents
   */
  public int size() {
    return shape.size();
  }

  /**
   * Element type.
   *
   * @return the type
   */
  public DataType dataType() {
    return lease.storage.dataType();
  }

  /**
   * Where the window begins.
   *
   * @return elements from the start of the storage
   */
  public int offset() {
    return offset;
  }

  /**
   * The storage, for the backend that made it.
   *
   * @param kind the backend's storage class
   * @param <S> that class
   * @return the storage behind this window
   * @throws ClosedException if the owning scope was closed or reset
   * @throws InvalidArgumentException if another backend made this tensor, or its data type is one
   *     for which the backend has another class
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
   * Whether the owning scope still holds it.
   *
   * @return false after the scope was closed or reset
   */
  public boolean isOpen() {
    return lease.open;
  }

  /**
   * How often the storage was written by an upload, {@code fill}, {@code copy} or an optimizer
   * kernel. Plans compare it with the version they packed.
   *
   * @return a number that only grows
   */
  public long version() {
    return lease.version;
  }

  /** Counts one write; called by backends where {@link #version} says so. */
  public void markWritten() {
    lease.version++;
  }

  /**
   * The same elements under another shape.
   *
   * @param other a shape of the same size
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
   * A window of {@code other} elements that begins at a given element of this one.
   *
   * @param start first element, counted from this tensor's beginning
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
   * Rows of the outermost axis.
   *
   * @param from first row
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
   * One entry of the outermost axis, without that axis.
   *
   * @param index which
   * @return a view of rank one less
   * @throws ShapeException if there is no such entry
   */
  public Tensor row(int index) {
    return rows(index, index + 1).reshape(shape.without(0));
  }

  /**
   * Whether two tensors are windows on the same storage loan.
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
