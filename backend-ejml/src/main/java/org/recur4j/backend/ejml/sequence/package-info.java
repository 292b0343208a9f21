/** Fused plans: whole sequences, forward and backward, over either engine. Not exported. */
package org.recur4j.backend.ejml.sequence;
