/**
 * Support for writing backends. A backend's fused plan extends {@link
 * org.recur4j.api.spi.CheckedPlan} and its pass {@link org.recur4j.api.spi.CheckedPass}; misuse is
 * then refused as by every other plan, and the backend's own code begins with operands that fit.
 * {@link org.recur4j.api.spi.FusedCell} names the cells that fused plans are usually written for.
 *
 * <p>A backend on the CPU shares work among threads with {@link org.recur4j.api.spi.Workers}, takes
 * scratch memory from a {@link org.recur4j.api.spi.ScratchPool}, and walks broadcast operands with
 * {@link org.recur4j.api.spi.BroadcastRuns}. One whose tensors are Java arrays gets FLOAT64 from
 * {@link org.recur4j.api.spi.DoubleArithmetic}, {@link org.recur4j.api.spi.DoubleLosses} and {@link
 * org.recur4j.api.spi.DoubleOptimizers}.
 */
package org.recur4j.api.spi;
