/**
 * The mathematics a backend supplies, destination-passing: every kernel writes into tensors it is
 * given and allocates nothing. {@link org.recur4j.api.kernel.Kernels} is the whole list, in
 * families; the steps of the three cells have default implementations over the primitives.
 *
 * <p>Unless a kernel says otherwise: operands have one floating type; a destination may be an
 * operand itself (same window) but must not overlap one partly; shapes are as written and are not
 * checked here, since front doors and the checked decorator do that.
 */
package org.recur4j.api.kernel;
