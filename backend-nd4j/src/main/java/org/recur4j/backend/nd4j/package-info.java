/** The backend on native CPU libraries through ND4J. */
package org.recur4j.backend.nd4j;
