/**
 * ND4J's native libraries, native memory and OpenBLAS products on native addresses. Internal; not
 * part of the API.
 */
package org.recur4j.backend.nd4j.natives;
