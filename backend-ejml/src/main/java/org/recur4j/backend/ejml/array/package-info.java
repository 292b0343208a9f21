/**
 * The Java arrays behind tensors, and loops over arrays that the other packages share. Not
 * exported.
 */
package org.recur4j.backend.ejml.array;
