/**
 * What every backend would otherwise write again. A backend's fused plan extends {@link
 * org.recur4j.api.spi.CheckedPlan} and its pass {@link org.recur4j.api.spi.CheckedPass}; it then
 * refuses the same misuse in the same words as every other plan, and its own code begins with
 * operands that fit. A backend on the CPU shares work among threads with {@link
 * org.recur4j.api.spi.Workers}, takes scratch from a {@link org.recur4j.api.spi.ScratchPool}, and
 * walks broadcast operands with {@link org.recur4j.api.spi.BroadcastRuns}; one whose tensors are
 * Java arrays gets FLOAT64 from {@link org.recur4j.api.spi.DoubleArithmetic}, {@link
 * org.recur4j.api.spi.DoubleLosses} and {@link org.recur4j.api.spi.DoubleOptimisers}.
 */
package org.recur4j.api.spi;
