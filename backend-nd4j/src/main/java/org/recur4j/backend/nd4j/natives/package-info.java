/**
 * ND4J's native libraries, native memory and OpenBLAS products on raw addresses; internal, no API.
 */
package org.recur4j.backend.nd4j.natives;
