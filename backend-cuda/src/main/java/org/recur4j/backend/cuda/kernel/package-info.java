/** The primitive kernels of the backend by family; internal, no API. */
package org.recur4j.backend.cuda.kernel;
