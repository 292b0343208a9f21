/** Fused plans that compute whole recurrent sequences. Internal; not part of the API. */
package org.recur4j.backend.cuda.sequence;
