/**
 * Value-style mathematics for people who write cells, heads and losses: {@link
 * org.recur4j.api.ops.Ops} allocates the result, calls the kernel and, where something records,
 * leaves behind what backward needs. Each operation is one {@link org.recur4j.api.ops.Function}
 * that knows its own gradient.
 */
package org.recur4j.api.ops;
