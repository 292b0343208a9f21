/**
 * The backend in pure Java. The one public class here, {@link
 * org.recur4j.backend.ejml.EjmlProvider}, is found by {@link java.util.ServiceLoader}; the packages
 * below this one are not exported. {@code kernel} and {@code sequence} build on {@code engine},
 * which builds on {@code array}; {@code vector} implements {@code engine}.
 */
package org.recur4j.backend.ejml;
