/**
 * What every backend would otherwise write again. A backend's fused plan extends {@link
 * org.recur4j.api.spi.CheckedPlan} and its pass {@link org.recur4j.api.spi.CheckedPass}; it then
 * refuses the same misuse in the same words as every other plan, and its own code begins with
 * operands that fit.
 */
package org.recur4j.api.spi;
