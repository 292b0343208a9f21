/** The backend in pure Java: EJML for decompositions, own kernels for the rest. */
package org.recur4j.backend.ejml;
