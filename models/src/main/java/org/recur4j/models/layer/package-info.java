/** Layers: what a network is made of, as descriptions and as things that run. */
package org.recur4j.models.layer;
