/**
 * Support for writing backends. A backend's fused plan extends {@link
 * org.recur4j.api.spi.CheckedPlan} and its pass {@link org.recur4j.api.spi.CheckedPass}; these
 * reject misuse in the same way for every plan, so that the backend's own code receives only valid
 * operands. {@link org.recur4j.api.spi.FusedCell} lists the cells that fused plans usually support.
 *
 * <p>A backend on the CPU divides work among threads with {@link org.recur4j.api.spi.Workers},
 * takes scratch memory from a {@link org.recur4j.api.spi.ScratchPool}, and iterates over broadcast
 * operands with {@link org.recur4j.api.spi.BroadcastRuns}. If its tensors are Java arrays, {@link
 * org.recur4j.api.spi.DoubleArithmetic}, {@link org.recur4j.api.spi.DoubleLosses} and {@link
 * org.recur4j.api.spi.DoubleOptimizers} supply FLOAT64.
 */
package org.recur4j.api.spi;
