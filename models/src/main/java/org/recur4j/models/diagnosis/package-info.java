/** Gradient flow through time, gate saturation and state Jacobians. */
package org.recur4j.models.diagnosis;
