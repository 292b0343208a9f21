/** The kernels of the backend, which run on either engine. Not exported. */
package org.recur4j.backend.ejml.kernel;
