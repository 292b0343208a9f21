/** Fused plans over whole sequences, forward and backward, on either engine. Not exported. */
package org.recur4j.backend.ejml.sequence;
