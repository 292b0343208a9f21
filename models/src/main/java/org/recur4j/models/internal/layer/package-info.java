/** Layers with weights, other than recurrent ones, and what a pass through layers needs. */
package org.recur4j.models.internal.layer;
