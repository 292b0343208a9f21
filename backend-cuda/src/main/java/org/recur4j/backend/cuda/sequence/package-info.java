/** Fused plans that compute whole recurrent sequences; internal, no API. */
package org.recur4j.backend.cuda.sequence;
