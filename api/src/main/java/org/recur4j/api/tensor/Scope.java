package org.recur4j.api.tensor;

/**
 * The owner of tensors. Everything made in a scope dies with it; {@link #keep} hands one tensor to
 * the parent and is the only way out. A scope belongs to one thread at a time. Repeating the same
 * sequence of calls after {@link #reset} gives the same storage again.
 *
 * <pre>{@code
 * try (Scope step = backend.scope("step")) {
 *   Tensor x = step.create(DataType.FLOAT32, Shape.of(32, 64));
 * } // x is gone
 * }</pre>
 */
public interface Scope extends AutoCloseable {
  /**
   * Its name, parents first: {@code "training/epoch 3/step"}.
   *
   * @return the path that leak reports show
   */
  String name();

  /**
   * A new tensor with undefined contents.
   *
   * @param dataType element type
   * @param shape extents
   * @return a tensor owned by this scope
   * @throws org.recur4j.api.error.ClosedException if this scope is closed
   */
  Tensor create(DataType dataType, Shape shape);

  /**
   * A scope inside this one; it is closed with its parent at the latest.
   *
   * @param name what it is for
   * @return the child
   */
  Scope child(String name);

  /**
   * Hands a tensor of this scope (and with it all views of its storage) to the parent scope.
   *
   * @param tensor a tensor made in this scope
   * @return the same tensor
   * @throws org.recur4j.api.error.InvalidArgumentException if this scope does not own it or has no
   *     parent
   */
  Tensor keep(Tensor tensor);

  /** Gives back all tensors and closes all children; the scope stays usable. */
  void reset();

  /** Gives everything back. Closing twice is harmless. */
  @Override
  void close();

  /**
   * What this scope and its children hold now.
   *
   * @return bytes of live tensors (storage sizes, rounded up by the pool)
   */
  long bytes();
}
