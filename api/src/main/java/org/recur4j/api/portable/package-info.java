/**
 * The portable plan: every recurrent cell, forward and backward, ragged, both directions, over
 * nothing but {@link org.recur4j.api.kernel.Kernels}.
 */
package org.recur4j.api.portable;
