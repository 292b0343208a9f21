/** The Java arrays of tensors, and loops over arrays that other packages use. Not exported. */
package org.recur4j.backend.ejml.array;
