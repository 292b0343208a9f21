/**
 * Automatic differentiation: a tape records what {@link org.recur4j.api.ops.Ops} computes and walks
 * back.
 */
package org.recur4j.models.autodiff;
