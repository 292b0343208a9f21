/** The primitive kernels of the backend, by family. Internal; not part of the API. */
package org.recur4j.backend.cuda.kernel;
