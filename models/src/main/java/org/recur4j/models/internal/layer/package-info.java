/** Layers with weights, except recurrent ones, and the context of a pass through layers. */
package org.recur4j.models.internal.layer;
