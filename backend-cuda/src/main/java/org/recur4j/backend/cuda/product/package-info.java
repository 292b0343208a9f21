/** Matrix products by own kernels or by cuBLAS; internal, no API. */
package org.recur4j.backend.cuda.product;
