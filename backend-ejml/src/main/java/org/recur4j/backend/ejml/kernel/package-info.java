/** The kernels, family by family, over either engine. Not exported. */
package org.recur4j.backend.ejml.kernel;
