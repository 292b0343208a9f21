/**
 * Automatic differentiation: a tape records the operations of {@link org.recur4j.api.ops.Ops} and
 * computes their gradients.
 */
package org.recur4j.models.autodiff;
