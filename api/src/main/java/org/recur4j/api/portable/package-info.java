/**
 * The portable plan: every recurrent cell, forward and backward, with lengths and in both
 * directions, implemented with {@link org.recur4j.api.kernel.Kernels} only.
 */
package org.recur4j.api.portable;
