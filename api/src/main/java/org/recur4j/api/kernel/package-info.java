/**
 * Kernels, the mathematics that a backend supplies. Every kernel is destination-passing: it writes
 * to tensors that it is given. {@link org.recur4j.api.kernel.Kernels} joins the families; the time
 * steps of the gated cells have default implementations over the elementwise kernels.
 *
 * <p>Unless a kernel says otherwise:
 *
 * <ul>
 *   <li>All tensors of a call have the same floating type, FLOAT32 or FLOAT64. INT32 tensors are
 *       taken where a parameter says so: as indices, labels and lengths, and as the elements of
 *       {@code fill}, {@code copy}, {@code gather}, {@code slice} and {@code transpose}.
 *   <li>A destination may be the same window as an operand of the same shape, but must not overlap
 *       an operand partly.
 *   <li>A kernel whose destination is scaled by β does not read the old contents if β is 0; they
 *       may be NaN.
 *   <li>NaN and infinity propagate by the rules of IEEE 754. What is said not to be read has no
 *       influence on the result, whatever it holds.
 *   <li>Axes are counted from 0 for the outermost; negative ones count from the last.
 *   <li>A kernel allocates neither tensors nor Java objects when calls repeat. Scratch that it
 *       needs comes from a pool of its own, such as {@link org.recur4j.api.spi.ScratchPool}.
 *   <li>Shapes, types and indices are not checked: callers do that, and {@link
 *       org.recur4j.api.decorate.CheckedBackend} does. A closed tensor is refused with a {@link
 *       org.recur4j.api.error.ClosedException}, a tensor of another backend with an {@link
 *       org.recur4j.api.error.InvalidArgumentException}.
 *   <li>Equal input gives equal bits, for any number of threads. Several threads may call kernels
 *       at the same time if no destination shares elements with another operand.
 * </ul>
 */
package org.recur4j.api.kernel;
