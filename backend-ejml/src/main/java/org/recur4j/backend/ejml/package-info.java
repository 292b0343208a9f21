/**
 * The backend in pure Java. {@link java.util.ServiceLoader} finds the one public class of this
 * package, {@link org.recur4j.backend.ejml.EjmlProvider}; the subpackages are not exported. {@code
 * kernel} and {@code sequence} build on {@code engine}, which builds on {@code array}; {@code
 * vector} implements {@code engine}.
 */
package org.recur4j.backend.ejml;
