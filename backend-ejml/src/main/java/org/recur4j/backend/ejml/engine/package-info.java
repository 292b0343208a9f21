/**
 * The two engines that compute with floats: the interface of both, the engine in plain Java, and
 * the choice between them. Not exported.
 */
package org.recur4j.backend.ejml.engine;
