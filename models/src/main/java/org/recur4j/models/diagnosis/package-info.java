/** Gradient flow through time, gate saturation and step Jacobians. */
package org.recur4j.models.diagnosis;
