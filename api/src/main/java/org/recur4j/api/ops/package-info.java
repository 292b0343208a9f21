/**
 * Value-style mathematics for authors of cells, heads and losses. {@link org.recur4j.api.ops.Ops}
 * allocates the result, calls the kernel and, during training, records what backward needs. Each
 * operation is an {@link org.recur4j.api.ops.Function} with its own gradient.
 */
package org.recur4j.api.ops;
