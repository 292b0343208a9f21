package org.recur4j.api.tensor;

/**
 * The owner of tensors. Tensors are freed when their scope is reset or closed, except a tensor that
 * {@link #keep} hands to the parent. A scope is used by one thread at a time. Repeating the same
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
   * Returns the name of the scope after those of its parents: {@code "training/epoch 3/step"}.
   *
   * @return the path that leak reports show
   */
  String name();

  /**
   * Creates a tensor with undefined contents.
   *
   * @param dataType the element type
   * @param shape the extents
   * @return a tensor owned by this scope
   * @throws org.recur4j.api.error.ClosedException if this scope is closed
   */
  Tensor create(DataType dataType, Shape shape);

  /**
   * Opens a scope inside this one. It is closed with its parent at the latest.
   *
   * @param name the purpose of the scope
   * @return the child scope
   */
  Scope child(String name);

  /**
   * Hands a tensor of this scope, with all views of its storage, to the parent scope.
   *
   * @param tensor a tensor created in this scope
   * @return the same tensor
   * @throws org.recur4j.api.error.InvalidArgumentException if this scope does not own it or has no
   *     parent
   */
  Tensor keep(Tensor tensor);

  /** Frees all tensors and closes all children; the scope stays usable. */
  void reset();

  /** Frees all tensors and closes all children. Closing twice has no effect. */
  @Override
  void close();

  /**
   * Returns the memory that this scope and its children hold.
   *
   * @return the bytes of live tensors (storage sizes, rounded up by the pool)
   */
  long bytes();
}
