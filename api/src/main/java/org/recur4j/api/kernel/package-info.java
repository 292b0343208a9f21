/**
 * The kernels that a backend supplies. Every kernel writes its result to tensors that the caller
 * passes. {@link org.recur4j.api.kernel.Kernels} combines the families; the time steps of the gated
 * cells have default implementations over the elementwise kernels.
 *
 * <p>Unless a kernel says otherwise:
 *
 * <ul>
 *   <li>All tensors of a call have the same floating type, FLOAT32 or FLOAT64. INT32 tensors are
 *       accepted where a parameter says so: as indices, labels and lengths, and as operands of
 *       {@code fill}, {@code copy}, {@code gather}, {@code slice} and {@code transpose}.
 *   <li>A destination may be the same window as an operand of the same shape, but must not partly
 *       overlap an operand.
 *   <li>A kernel that scales its destination by β does not read the old contents if β is 0; they
 *       may be NaN.
 *   <li>NaN and infinity propagate by the rules of IEEE 754. Elements documented as not read have
 *       no influence on the result, whatever their value.
 *   <li>Axes are counted from 0 for the outermost; negative ones count from the last.
 *   <li>A kernel allocates neither tensors nor Java objects when calls repeat. Scratch memory comes
 *       from the backend's own pool, such as {@link org.recur4j.api.spi.ScratchPool}.
 *   <li>Shapes, types and indices are not checked; callers check them, as does {@link
 *       org.recur4j.api.decorate.CheckedBackend}. A closed tensor is rejected with a {@link
 *       org.recur4j.api.error.ClosedException}, a tensor of another backend with an {@link
 *       org.recur4j.api.error.InvalidArgumentException}.
 *   <li>Equal inputs give equal bits, for any number of threads. Several threads may call kernels
 *       at the same time if no destination shares elements with another operand.
 * </ul>
 */
package org.recur4j.api.kernel;
