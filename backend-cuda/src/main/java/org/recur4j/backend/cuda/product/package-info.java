/** Matrix products by the backend's own kernels or by cuBLAS. Internal; not part of the API. */
package org.recur4j.backend.cuda.product;
