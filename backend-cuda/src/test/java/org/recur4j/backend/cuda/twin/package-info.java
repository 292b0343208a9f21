/** The CPU twin of a device, and a stand-in for cuBLAS, on which the tests run. */
package org.recur4j.backend.cuda.twin;
