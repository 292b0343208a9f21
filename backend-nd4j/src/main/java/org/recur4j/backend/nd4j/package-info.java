/**
 * The backend on native memory and OpenBLAS, both through ND4J's native CPU distribution. Products
 * are OpenBLAS calls on one thread each; pointwise mathematics is plain Java over small heap
 * copies; blocks, threads and their order are ours.
 */
package org.recur4j.backend.nd4j;
